// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/latest.h"
#include "core/base/reply.h"
#include "core/guard/guard.h"
#include "core/nacos/config/configstate.h"
#include "core/nacos/config/untold.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"
#include "ui/config/comeback.h"
#include "ui/workbench/planpanel.h"
#include "ui/workbench/workbench.h"

#include <QElapsedTimer>
#include <QTimer>

class QComboBox;
class QLabel;
class QListWidget;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace ui {
class Badge;
class CodeEditor;
class ElidedLabel;
class LinkLabel;
class MergeView;
class MessageBar;
class PrimaryButton;
class PassingTime;
class QuietButton;
class StatePage;
} // namespace ui

namespace ui::config {

class AttributesPanel;
enum class Told;
class ConfigDocument;
class HistoryPanel;
class ListenersPanel;
class SchemaSource;

/// One configuration being read and edited. Text, format and attributes go out together by Publish…, which is the only way to the server;
/// everything typed, the result of an open merge as well, is a draft on disk a second later, with or without a pause (a few seconds in a
/// text over 1 MiB).
class EditorPage final : public workbench::Page {
    Q_OBJECT
public:
    EditorPage(workbench::Workbench &workbench, const workbench::PageRequest &request);
    ~EditorPage() override;

    QString kind() const override { return QStringLiteral("config"); }
    QString title() const override;
    QString longTitle() const override;
    Icon icon() const override { return Icon::Config; }
    core::Address address() const override { return m_address; }
    bool isModified() const override;
    void requestClose(std::function<void(Close)> answer) override;
    void keep(std::function<void()> kept) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    QString statusText() const override;
    void activated() override;
    void refresh() override;
    void focusFilter() override;

    /// Why nothing can be published now; empty: it can.
    QString publishBlocker() const;
    bool isEditable() const;
    void publish();
    void saveDraftNow();
    void discardDraft();
    void reformat();
    void validateNow();
    void compareWithLive();
    void showMerge();
    enum class Panel { Problems, History, Listeners, Details };
    void showPanel(Panel panel);
    /// This computer's own content instead of the server's.
    bool isOverridden() const;
    QString overrideBlocker() const;
    void setOverride();
    void takeOverrideOff();
    void goToLine();
    /// Offers what the schema knows of the place of the caret.
    void complete();
    CodeEditor *editor() const { return m_editor; }
    ConfigDocument *document() const { return m_document; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Checked {
        quint64 revision = 0;
        core::text::Format format = core::text::Format::Text;
        QList<core::text::Problem> problems;
        QList<core::text::SecretSpan> secrets;
    };
    /// What the merge on show was made of: the document may have gone on since.
    struct Merging {
        std::optional<core::nacos::ConfigDetail> base;
        core::nacos::ConfigDetail theirs;
        bool isDraft = false; ///< theirs is a draft of this computer
    };
    struct Formatted;
    void formatted(const Formatted &result);
    void buildUi();
    QWidget *buildHeader();
    QWidget *buildPanels();
    void retranslate();
    void beginLoading();
    void documentLoaded();
    void documentFailed();
    void showNamespace();
    void showMirror();
    void sayBaseLost(const QString &id);
    void keepDeleted();
    void sayAbsent();
    void copySource();
    void takeCopy(const core::nacos::ConfigDetail &source);
    void serverChanged();
    void watchErrorChanged();
    void liveErrorChanged();
    void caughtUp();
    void follow(const core::nacos::ConfigDetail &now);
    void followUndo(const core::guard::Plan &plan);
    void showAttributes();
    void reviewPublish();
    void showPublish(std::optional<qsizetype> listeners);
    void clientsMoved();
    void contentEdited();
    void editedSoon(qsizetype size);
    std::optional<QByteArray> workOfMerge() const;
    void formatChosen();
    void checkSoon();
    void checked(const Checked &result);
    void updateFacts();
    void showListeners();
    std::optional<std::chrono::seconds> tellAge();
    void updatePanelTitles();
    void roomForPanel();
    void afterPublish(const QList<core::guard::ChangeOutcome> &outcomes, const QByteArray &sent,
                      const core::nacos::ConfigAttributes &attributes);
    bool isChecked() const;
    core::nacos::AttributeMerge mergeOfAttributes() const;
    void sayMerge(int open);
    void useMerged();
    void closeMerge();
    void giveUpMerge(std::function<void()> then);
    void restoreRevision(const QString &revision);
    void restoreOver(const std::optional<core::nacos::ConfigDetail> &live, const core::nacos::ConfigRevisionDetail &state,
                     const QString &loss);
    void restored(const std::optional<QByteArray> &content);
    void draftFound();
    void openMerge(const QString &theirName);
    void handOver();
    static const QString ServerMessage, MirrorMessage, FoundMessage, AbsentMessage;
    void saveOverride();
    void showOverride();
    void fillCompareMenu(QMenu *menu);
    void openCompare(const QString &left, const QString &right);
    void compareRevisions(const QString &older, const QString &newer);
    core::text::Format format() const;
    Told attributesTold() const;
    bool isRecallOwed() const;
    void recallAttributes();
    void recalled(const QByteArray &md5, const core::nacos::Untold &known);
    void followSchema();
    void showSchema();
    void fillSchemaMenu(QMenu *menu);
    void chooseSchemaConfig();
    QString helpAt(int line, int column) const;
    enum class Wish { Asked, Typing };
    void offer(Wish wish);

    core::Address m_address;
    QJsonObject m_parameters;
    ConfigDocument *m_document;
    workbench::PlanNews *m_news; ///< for a sheet of this page
    QTimer m_checkSoon;
    bool m_checking = false;
    int m_formatRun = 0; ///< the one under way; what another brings is dropped
    QTimer m_editSoon;
    QElapsedTimer m_sinceEdit;
    ComeBack m_comeBack;
    core::Latest<core::Reply<QList<core::nacos::ConfigListener>>> m_counting; ///< for the publish that waits for it
    QTimer m_countingLimit;
    core::Latest<core::Reply<QList<core::nacos::Untold>>> m_recalling;
    struct Recalled {
        QByteArray md5; ///< of the base it is about
        core::nacos::Untold known;
    };
    std::optional<Recalled> m_recalled;
    bool m_publishRecalled = false; ///< as soon as that is known
    bool m_clientsStale = false;
    QList<core::text::Problem> m_problems;
    StatePage *m_states;
    MessageBar *m_bar;
    ElidedLabel *m_name;
    ElidedLabel *m_place;
    Badge *m_overrideBadge;
    QuietButton *m_compare;
    QuietButton *m_validate;
    PrimaryButton *m_publish;
    QComboBox *m_format;
    QLabel *m_facts;
    LinkLabel *m_listenersLink;
    LinkLabel *m_changedLink;
    PassingTime *m_age;
    LinkLabel *m_revealLink;
    QLabel *m_arrival;
    QLabel *m_draftLabel;
    QStackedWidget *m_views;
    QWidget *m_editView;
    QWidget *m_mergeView;
    CodeEditor *m_editor;
    MergeView *m_merge;
    PrimaryButton *m_useMerged;
    QLabel *m_mergeLabel;
    QSplitter *m_splitter;
    QTabBar *m_tabs;
    QStackedWidget *m_panels;
    QListWidget *m_problemList;
    HistoryPanel *m_history;
    ListenersPanel *m_listeners;
    AttributesPanel *m_attributes;
    SchemaSource *m_schema = nullptr;
    std::shared_ptr<QString> m_reason; ///< of a change of this page, until one is made
    std::optional<Merging> m_merging;
    std::optional<QByteArray> m_restored; ///< not seen yet by what watches the server
    QJsonObject m_pendingState;
    bool m_started = false;
    bool m_filling = false;
    bool m_shown = false;  ///< the text
    bool m_slow = false;   ///< it takes longer than a blink
    int m_panelHeight = 0; ///< chosen by the person; 0: by what is in it
    bool m_panelGrown = false;
    bool m_mergeSoon = false;   ///< a publish met a conflict
    bool m_publishSoon = false; ///< as soon as the text is checked
    bool m_newerShown = false;  ///< the bar says that somebody changed it
    /// What the problems shown are about.
    std::optional<std::pair<quint64, core::text::Format>> m_checkedFor;
};

} // namespace ui::config
