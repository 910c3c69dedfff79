// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latest.h"
#include "core/store/home.h"
#include "core/store/ledger.h"
#include "core/store/mirror.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/sizetext.h"
#include "ui/common/theme.h"
#include "ui/settings/section.h"
#include "ui/workbench/activity.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui::settings {

using core::profiles::Setting;

namespace {

/// Sizes, limits and where things are; giving space back.
class DataSection final : public Section {
    Q_OBJECT
public:
    DataSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, tr("Data"),
                  tr("What was seen on servers, drafts and the ledger are plain files that only you can read (mode 0600). They may hold "
                     "secrets "
                     "of the configurations' owners; a connection can be set to keep facts only."),
                  parent)
    {
        QLabel *folder = addText(tr("Folder"), services().home.path());
        folder->setFont(Theme::fixedFont());
        auto *open = new QPushButton(tr("&Open folder"), this);
        open->setObjectName(u"dataOpenFolder"_s);
        addWide(open);
        connect(open, &QAbstractButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(services().home.path())); });

        addHeading(tr("What was seen"));
        m_mirror = addText(tr("On disk"), tr("counting …"));
        addNumber(Setting::MirrorLimitMiB, tr("&Limit"), {.from = 64, .to = 1048576, .step = 256, .suffix = u" MiB"_s},
                  tr("Above it the oldest revisions go; the newest content of everything stays"));
        addSwitch(Setting::MirrorFillOnConnect, tr("&Read all contents in the background"),
                  tr("So that search and browsing without the server see everything; not for connections that keep facts only"));
        m_purge = new QPushButton(tr("Apply the limit &now"), this);
        m_clear = new QPushButton(tr("Forget everything &seen…"), this);
        m_purge->setObjectName(u"dataPurge"_s);
        m_clear->setObjectName(u"dataClear"_s);
        addWide(pair(m_purge, m_clear));
        connect(m_purge, &QAbstractButton::clicked, this, &DataSection::purge);
        connect(m_clear, &QAbstractButton::clicked, this, &DataSection::clear);

        addHeading(tr("Ledger and drafts"));
        m_ledger = addText(tr("Ledger"), {});
        m_drafts = addText(tr("Drafts"), {});
        m_age = new QComboBox(this);
        m_age->setObjectName(u"dataLedgerAge"_s);
        m_age->addItem(tr("older than a year"), 365);
        m_age->addItem(tr("older than 3 months"), 90);
        m_age->addItem(tr("older than a month"), 30);
        m_age->addItem(tr("all of them"), 0);
        m_ledgerPurge = new QPushButton(tr("&Drop values…"), this);
        m_ledgerPurge->setObjectName(u"dataLedgerPurge"_s);
        m_age->setAccessibleName(tr("Age of the values"));
        addRow(tr("Values before and after"), pair(m_age, m_ledgerPurge),
               tr("What was written stays in the ledger with its hash; without the values it can no longer be undone."));
        connect(m_ledgerPurge, &QAbstractButton::clicked, this, &DataSection::purgeLedger);
        connect(&store(), &core::profiles::Settings::changed, this, [this](Setting key) {
            if (key == Setting::MirrorLimitMiB)
                services().mirror.setLimit(qint64(store().number(Setting::MirrorLimitMiB)) * 1024 * 1024);
        });
        measure();
    }

private:
    QWidget *pair(QWidget *first, QWidget *second)
    {
        auto *box = new QWidget(this);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::Between);
        row->addWidget(first);
        row->addWidget(second);
        return box;
    }

    void measure()
    {
        m_sizing = services().mirror.sizeOnDisk();
        m_sizing->then(this, [this](const core::Result<qint64> &size) { m_mirror->setText(size ? sizeText(*size) : u"–"_s); });
        const auto file = [this](const QString &name) {
            qint64 sum = 0;
            for (const QString &suffix : {QString(), u"-wal"_s})
                sum += QFileInfo(services().home.filePath(name + suffix)).size();
            return sizeText(sum);
        };
        m_ledger->setText(file(u"ledger.db"_s));
        m_drafts->setText(file(u"drafts.db"_s));
    }

    void purge()
    {
        auto *reply = services().mirror.purge();
        workbench().activity().track(reply, tr("Apply the limit of what was seen"));
        reply->then(this, [this](const core::Result<qint64> &bytes) {
            if (!bytes)
                bar()->showError(bytes.error(), tr("Nothing was given back"));
            else
                bar()->show(
                    {.state = StateColor::Ok, .text = tr("%1 given back.").arg(sizeText(*bytes)), .closeAfter = std::chrono::seconds(5)});
            measure();
        });
    }

    void clear()
    {
        prompts::Confirm question;
        question.title = tr("Forget everything seen?");
        question.text = tr("Offline browsing, search and the history beyond the servers' own begin anew. Drafts and the ledger stay.");
        question.verb = tr("Forget everything seen");
        question.state = StateColor::Warning;
        prompts::confirm(this, question)->then(this, [this](const core::Result<prompts::ConfirmAnswer> &answer) {
            if (!answer)
                return;
            auto *reply = services().mirror.clear();
            workbench().activity().track(reply, tr("Forget everything seen"));
            reply->then(this, [this](const core::Result<core::Done> &result) {
                if (!result)
                    bar()->showError(result.error(), tr("Not everything was forgotten"));
                measure();
            });
        });
    }

    void purgeLedger()
    {
        prompts::Confirm question;
        question.title = tr("Drop values of the ledger?");
        question.text = tr("The values %1 go. The changes they belong to can no longer be undone or compared.").arg(m_age->currentText());
        question.verb = tr("Drop values");
        question.state = StateColor::Warning;
        const int days = m_age->currentData().toInt();
        prompts::confirm(this, question)->then(this, [this, days](const core::Result<prompts::ConfirmAnswer> &answer) {
            if (!answer)
                return;
            auto *reply = services().ledger.purgeValues(QDateTime::currentDateTimeUtc().addDays(-days));
            workbench().activity().track(reply, tr("Drop values of the ledger"));
            reply->then(this, [this](const core::Result<qint64> &count) {
                if (!count)
                    bar()->showError(count.error(), tr("The values were not dropped"));
                else
                    bar()->show({.state = StateColor::Ok,
                                 .text = tr("%n values dropped.", nullptr, int(*count)),
                                 .closeAfter = std::chrono::seconds(5)});
                measure();
            });
        });
    }

    QLabel *m_mirror = nullptr, *m_ledger = nullptr, *m_drafts = nullptr;
    QPushButton *m_purge = nullptr, *m_clear = nullptr, *m_ledgerPurge = nullptr;
    QComboBox *m_age = nullptr;
    core::Latest<core::Reply<qint64>> m_sizing;
};

} // namespace

QWidget *makeDataSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new DataSection(workbench, parent);
}

} // namespace ui::settings

#include "datasection.moc"
