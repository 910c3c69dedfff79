// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/workers.h"
#include "core/nacos/config/configplans.h"
#include "core/text/inlinelimit.h"
#include "core/text/reformat.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/common/sizetext.h"
#include "ui/config/configdocument.h"
#include "ui/config/editorpage.h"

// Format: of a large text on a worker, while the person may type on.

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

const QString FormatMessage = u"format"_s;
/// What takes longer is said, with a way to give it up.
constexpr std::chrono::milliseconds Blink{300};

} // namespace

struct EditorPage::Formatted {
    core::Result<QByteArray> content;
    QList<core::text::SecretSpan> secrets;
    qint64 length = 0; ///< as the servers count

    static Formatted of(core::text::Format format, const QByteArray &content)
    {
        Formatted result{core::text::reformat(format, content), {}, 0};
        if (result.content) {
            result.secrets = core::text::findSecrets(format, *result.content);
            result.length = core::nacos::contentLength(*result.content);
        }
        return result;
    }
};

void EditorPage::reformat()
{
    if (!isEditable())
        return;
    const auto work = [content = m_editor->content(), format = format()] { return Formatted::of(format, content); };
    const int run = ++m_formatRun;
    if (m_editor->byteCount() <= core::text::InlineLimit)
        return formatted(work());
    QTimer::singleShot(Blink, this, [this, run] {
        if (run == m_formatRun)
            m_bar->show({.text = tr("Formatting …"), .actions = {{tr("Cancel"), {this, [this] { ++m_formatRun; }}}}, .id = FormatMessage});
    });
    workbench().services().workers.run(
        this, work, [this, run, revision = m_editor->revision(), chosen = format()](const Formatted &result) {
            if (run != m_formatRun)
                return;
            if (isEditable() && revision == m_editor->revision() && chosen == format())
                return formatted(result);
            ++m_formatRun;
            m_bar->show(
                {.text = tr("Not formatted: the text was changed meanwhile."), .closeAfter = std::chrono::seconds(8), .id = FormatMessage});
        });
}

void EditorPage::formatted(const Formatted &result)
{
    ++m_formatRun;
    m_bar->close(FormatMessage);
    if (!result.content)
        return m_bar->showError(result.content.error(), tr("Cannot format"));
    const QByteArray before = m_editor->content();
    m_editor->replaceContent(*result.content);
    m_editor->setSecrets(result.secrets);
    if (result.length > core::nacos::LongestContent)
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("Formatted, it has %1 characters; a server takes %2. It cannot be published like this.")
                                 .arg(countText(result.length), countText(core::nacos::LongestContent)),
                     // The editor's own undo does not reach back to a line too long to be edited.
                     .actions = {{tr("Undo"), {this, [this, before] { m_editor->replaceContent(before); }}}},
                     .id = FormatMessage});
}

} // namespace ui::config
