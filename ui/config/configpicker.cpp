// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/configpicker.h"

#include "core/nacos/config/config.h"
#include "core/nacos/registry.h"
#include "core/store/mirror.h"
#include "ui/config/configlookup.h"
#include "ui/workbench/workbench.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStandardItemModel>

using namespace Qt::StringLiterals;

namespace ui::config {

core::Result<core::Address> addressOfPicked(const QString &text, const workbench::Subject &where)
{
    const QString word = text.trimmed();
    if (word.startsWith("signalbox:"_L1)) {
        auto address = core::Address::parse(word);
        if (address && address->kind() != "config"_L1)
            return core::fail(core::Error::Kind::Usage, u"the address is not one of a configuration"_s);
        return address;
    }
    const qsizetype slash = word.indexOf(u'/');
    const core::nacos::ConfigKey key{where.namespaceId.isEmpty() ? u"public"_s : where.namespaceId,
                                     slash > 0 ? word.left(slash) : u"DEFAULT_GROUP"_s, slash > 0 ? word.mid(slash + 1) : word};
    if (const auto valid = core::nacos::checkKey(key); !valid)
        return core::fail(valid.error());
    return key.address(where.profile);
}

void attachConfigPicker(QLineEdit *edit, workbench::Workbench &workbench, std::function<workbench::Subject()> where)
{
    auto *model = new QStandardItemModel(edit);
    auto *completer = new QCompleter(model, edit);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setCompletionRole(Qt::UserRole);
    edit->setCompleter(completer);
    auto lookup = std::make_shared<ConfigLookup>(workbench);
    QObject::connect(edit, &QLineEdit::textEdited, edit, [edit, model, completer, lookup, where = std::move(where)](const QString &text) {
        if (text.size() < 2 || text.startsWith("signalbox:"_L1))
            return;
        workbench::LookupQuery query;
        query.text = text;
        query.subject = where();
        query.limit = 12;
        lookup->find(query)->then(edit, [edit, model, completer, text](const core::Result<QList<workbench::LookupHit>> &hits) {
            if (!hits || edit->text() != text)
                return;
            model->clear();
            for (const workbench::LookupHit &hit : *hits) {
                auto *item = new QStandardItem(Theme::icon(hit.icon), hit.title + u"   "_s + hit.detail);
                item->setData(hit.address.toString(), Qt::UserRole);
                model->appendRow(item);
            }
            if (!hits->isEmpty() && edit->hasFocus())
                completer->complete();
        });
    });
}

} // namespace ui::config
