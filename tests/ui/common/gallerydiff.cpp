// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/galleryscenes.h"

#include "ui/common/diffview.h"
#include "ui/common/mergeview.h"

using namespace Qt::StringLiterals;
using namespace ui;

namespace tests {

namespace {

QByteArray before()
{
    QByteArray text =
        "server:\n  port: 8080\n  shutdown: graceful\n\ngateway:\n  provider: adyen\n  merchant: SHOP_EU\n"
        "  apiKey: sk_live_51Hx9aa81bb2\n  timeout:\n    connect: 300\n    read: 800\n  retry:\n    max: 2\n    backoff: 250ms\n\n";
    for (int n = 1; n < 20; ++n)
        text += "route" + QByteArray::number(n) + ": /pay/" + QByteArray::number(n) + "\n";
    return text + "limits:\n  perMerchant: 40/s\n  burst: 120\n";
}

QByteArray after()
{
    QByteArray text = before();
    text.replace("read: 800", "read: 1200")
        .replace("sk_live_51Hx9aa81bb2", "sk_live_7ZZ00c41dd90")
        .replace("    max: 2\n", "    max: 3\n    jitter: true\n");
    return text.replace("  shutdown: graceful\n", "").replace("burst: 120", "burst: 150");
}

} // namespace

std::unique_ptr<QWidget> diffScene()
{
    static core::Workers workers;
    auto view = std::make_unique<DiffView>(workers);
    view->resize(1000, 600);
    DiffInput input;
    input.leftLabel = u"live · staging/public"_s;
    input.rightLabel = u"draft"_s;
    input.left = before();
    input.right = after();
    input.format = core::text::Format::Yaml;
    view->show();
    view->compare(input);
    return view;
}

std::unique_ptr<QWidget> unifiedScene()
{
    std::unique_ptr<QWidget> view = diffScene();
    static_cast<DiffView *>(view.get())->setLayoutMode(DiffView::Layout::Unified);
    static_cast<DiffView *>(view.get())->setKeyListVisible(false);
    return view;
}

std::unique_ptr<QWidget> mergeScene()
{
    static core::Workers workers;
    auto view = std::make_unique<MergeView>(workers);
    view->resize(1000, 700);
    MergeInput input;
    input.mineLabel = u"my draft"_s;
    input.theirsLabel = u"on the server, by deploy"_s;
    input.base = before();
    input.mine = after();
    input.theirs =
        before().replace("read: 800", "read: 900").replace("provider: adyen", "provider: stripe").replace("burst: 120", "burst: 100");
    input.format = core::text::Format::Yaml;
    view->merge(input);
    view->choose(0, core::text::MergeChunk::Choice::Theirs);
    return view;
}

} // namespace tests
