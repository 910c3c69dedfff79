// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace app {

Languages::~Languages()
{
    remove();
}

void Languages::remove()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

void Languages::set(const QString &language)
{
    // Before the translators: whoever is told of the new language asks for the locale.
    const QLocale system = QLocale::system();
    QLocale locale = system;
    if (language == "zh_CN"_L1 && system.language() != QLocale::Chinese)
        locale = QLocale(QLocale::Chinese, QLocale::SimplifiedHanScript, QLocale::China);
    else if (language == "en"_L1 && system.language() != QLocale::English)
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    remove();
    const QString name = !language.isEmpty() ? language : system.language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s;
    if (m_qt.load(u"qtbase_"_s + name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(u":/i18n/signalbox_"_s + name))
        QCoreApplication::installTranslator(&m_own);
}

} // namespace app
