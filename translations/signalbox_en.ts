<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConcernText</name>
    <message numerus="yes">
        <source>%1 of %n changes are in production.</source>
        <translation>
            <numerusform>%1 of %n change is in production.</numerusform>
            <numerusform>%1 of %n changes are in production.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The plan changes %n connections.</source>
        <translation>
            <numerusform>The plan changes %n connection.</numerusform>
            <numerusform>The plan changes %n connections.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %1 of %n changes the server cannot compare: what somebody else changes in the very same moment is not noticed.</source>
        <translation>
            <numerusform>With %1 of %n change the server cannot compare: what somebody else changes in the very same moment is not noticed.</numerusform>
            <numerusform>With %1 of %n changes the server cannot compare: what somebody else changes in the very same moment is not noticed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes can be undone only in part.</source>
        <translation>
            <numerusform>%1 of %n change can be undone only in part.</numerusform>
            <numerusform>%1 of %n changes can be undone only in part.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes cannot be undone.</source>
        <translation>
            <numerusform>%1 of %n change cannot be undone.</numerusform>
            <numerusform>%1 of %n changes cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DiffCanvas</name>
    <message numerus="yes">
        <source>%n unchanged line(s), click to show</source>
        <translation>
            <numerusform>%n unchanged line, click to show</numerusform>
            <numerusform>%n unchanged lines, click to show</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DiffView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n change(s)</source>
        <extracomment>which change of how many: 2 of 5 changes</extracomment>
        <translation>
            <numerusform>%1 of %n change</numerusform>
            <numerusform>%1 of %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n secret(s)</source>
        <translation>
            <numerusform>Show %n secret</numerusform>
            <numerusform>Show %n secrets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n masked</source>
        <comment>places not searched because they are masked</comment>
        <translation>
            <numerusform>%n masked</numerusform>
            <numerusform>%n masked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MergeView</name>
    <message numerus="yes">
        <source>Conflict %1 of %2 · %n to settle</source>
        <extracomment>which conflict of how many, and how many are not settled</extracomment>
        <translation>
            <numerusform>Conflict %1 of %2 · %n to settle</numerusform>
            <numerusform>Conflict %1 of %2 · %n to settle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to settle</source>
        <comment>conflicts</comment>
        <translation>
            <numerusform>%n to settle</numerusform>
            <numerusform>%n to settle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n secret(s)</source>
        <translation>
            <numerusform>Show %n secret</numerusform>
            <numerusform>Show %n secrets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MessageBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>further messages</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RelativeTime</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::ComparePage</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::ConfigDetailPanel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::ConfigsPage</name>
    <message numerus="yes">
        <source>%n config(s)</source>
        <translation>
            <numerusform>%n config</numerusform>
            <numerusform>%n configs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n configs…</source>
        <translation>
            <numerusform>Delete %n config…</numerusform>
            <numerusform>Delete %n configs…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::DraftsPage</name>
    <message numerus="yes">
        <source>Discard %n draft(s)?</source>
        <translation>
            <numerusform>Discard %n draft?</numerusform>
            <numerusform>Discard %n drafts?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard %n draft(s)</source>
        <translation>
            <numerusform>Discard %n draft</numerusform>
            <numerusform>Discard %n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::EditorPage</name>
    <message numerus="yes">
        <source>%n listener(s)</source>
        <translation>
            <numerusform>%n listener</numerusform>
            <numerusform>%n listeners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n secret(s) hidden</source>
        <translation>
            <numerusform>%n secret hidden</numerusform>
            <numerusform>%n secrets hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has arrived at all %n listener(s).</source>
        <translation>
            <numerusform>It has arrived at the listener.</numerusform>
            <numerusform>It has arrived at all %n listeners.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After 30 s it has arrived at %1 of %n listener(s).</source>
        <translation>
            <numerusform>After 30 s it has arrived at %1 of %n listener.</numerusform>
            <numerusform>After 30 s it has arrived at %1 of %n listeners.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) to settle.</source>
        <translation>
            <numerusform>%n conflict to settle.</numerusform>
            <numerusform>%n conflicts to settle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The text has %n error(s). Line %1, column %2: %3</source>
        <translation>
            <numerusform>The text has %n error. Line %1, column %2: %3</numerusform>
            <numerusform>The text has %n errors. Line %1, column %2: %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) at %1; who listens now is not known.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>
            <numerusform>%n listener at %1; who listens now is not known.</numerusform>
            <numerusform>%n listeners at %1; who listens now is not known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::ListenersPanel</name>
    <message numerus="yes">
        <source>%1 of %n listener(s) have it</source>
        <translation>
            <numerusform>%1 of %n listener has it</numerusform>
            <numerusform>%1 of %n listeners have it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n listener(s) had it at %2.</source>
        <translation>
            <numerusform>%1 of %n listener had it at %2.</numerusform>
            <numerusform>%1 of %n listeners had it at %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::LocalFoldersPage</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out.</source>
        <translation>
            <numerusform>%n file was left out.</numerusform>
            <numerusform>%n files were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::NamespaceContents</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n &amp;configs, too</source>
        <translation>
            <numerusform>Delete this %n &amp;config, too</numerusform>
            <numerusform>Delete these %n &amp;configs, too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete namespace and %n config(s)</source>
        <translation>
            <numerusform>Delete namespace and %n config</numerusform>
            <numerusform>Delete namespace and %n configs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Namespace %1 is deleted, with %n config(s).</source>
        <translation>
            <numerusform>Namespace %1 is deleted, with %n config.</numerusform>
            <numerusform>Namespace %1 is deleted, with %n configs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) are in it. They stay on the server, can be read by this ID, and are listed again when the namespace is created again.</source>
        <translation>
            <numerusform>%n config is in it. It stays on the server, can be read by this ID, and is listed again when the namespace is created again.</numerusform>
            <numerusform>%n configs are in it. They stay on the server, can be read by this ID, and are listed again when the namespace is created again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::NamespacesPage</name>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::SearchPage</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n secret value(s) are never searched</source>
        <translation>
            <numerusform>%n secret value is never searched</numerusform>
            <numerusform>%n secret values are never searched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) that the server found could not be read.</source>
        <translation>
            <numerusform>%n config that the server found could not be read.</numerusform>
            <numerusform>%n configs that the server found could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) %1</source>
        <extracomment>%1 is &quot;in 3 configs&quot;</extracomment>
        <translation>
            <numerusform>%n place %1</numerusform>
            <numerusform>%n places %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n config(s)</source>
        <translation>
            <numerusform>in %n config</numerusform>
            <numerusform>in %n configs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them only the server found</source>
        <translation>
            <numerusform>%n config only the server found</numerusform>
            <numerusform>%n configs only the server found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::config::Writing</name>
    <message numerus="yes">
        <source>Delete %n config(s)</source>
        <translation>
            <numerusform>Delete %n config</numerusform>
            <numerusform>Delete %n configs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) are deleted.</source>
        <translation>
            <numerusform>%n config is deleted.</numerusform>
            <numerusform>%n configs are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) will receive it.</source>
        <translation>
            <numerusform>%n listener will receive it.</numerusform>
            <numerusform>%n listeners will receive it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n local override(s) are taken off; this computer reads the server&apos;s content.</source>
        <translation>
            <numerusform>%n local override is taken off; this computer reads the server&apos;s content.</numerusform>
            <numerusform>%n local overrides are taken off; this computer reads the server&apos;s content.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) lose what they listen to.</source>
        <translation>
            <numerusform>%n listener loses what it listens to.</numerusform>
            <numerusform>%n listeners lose what they listen to.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n config(s) the server does not say who listens.</source>
        <translation>
            <numerusform>Of %n config the server does not say who listens.</numerusform>
            <numerusform>Of %n configs the server does not say who listens.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::connection::ConnectionsPage</name>
    <message numerus="yes">
        <source>Import %n connections?</source>
        <translation>
            <numerusform>Import %n connection?</numerusform>
            <numerusform>Import %n connections?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n connections</source>
        <translation>
            <numerusform>Import %n connection</numerusform>
            <numerusform>Import %n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connections</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::settings::DataSection</name>
    <message numerus="yes">
        <source>%n values dropped.</source>
        <translation>
            <numerusform>%n value dropped.</numerusform>
            <numerusform>%n values dropped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::ActivityRow</name>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>%n taken back</numerusform>
            <numerusform>%n taken back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::BookmarksPage</name>
    <message numerus="yes">
        <source>%n bookmarks</source>
        <translation>
            <numerusform>%n bookmark</numerusform>
            <numerusform>%n bookmarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bookmarks removed.</source>
        <translation>
            <numerusform>%n bookmark removed.</numerusform>
            <numerusform>%n bookmarks removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::LedgerPage</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries have no outcome yet.</source>
        <translation>
            <numerusform>%n entry has no outcome yet.</numerusform>
            <numerusform>%n entries have no outcome yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is not intact: %n problems, the first at %1.</source>
        <translation>
            <numerusform>The ledger is not intact: %n problem, the first at %1.</numerusform>
            <numerusform>The ledger is not intact: %n problems, the first at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::MainWindow</name>
    <message numerus="yes">
        <source>%n objects are kept under Bookmarks.</source>
        <translation>
            <numerusform>%n object is kept under Bookmarks.</numerusform>
            <numerusform>%n objects are kept under Bookmarks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::PlanPage</name>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apply %n changes</source>
        <translation>
            <numerusform>Apply %n change</numerusform>
            <numerusform>Apply %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard %n changes</source>
        <translation>
            <numerusform>Discard %n change</numerusform>
            <numerusform>Discard %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The plan holds %n changes that were not applied. They are lost unless they are saved as a file.</source>
        <translation>
            <numerusform>The plan holds %n change that was not applied. It is lost unless it is saved as a file.</numerusform>
            <numerusform>The plan holds %n changes that were not applied. They are lost unless they are saved as a file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still possible</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n still possible</numerusform>
            <numerusform>%n still possible</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n done already</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n done already</numerusform>
            <numerusform>%n done already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n in conflict</numerusform>
            <numerusform>%n in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be read</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n cannot be read</numerusform>
            <numerusform>%n cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Plan of %n changes</source>
        <translation>
            <numerusform>Plan of %n change</numerusform>
            <numerusform>Plan of %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::ShellWorkbench</name>
    <message numerus="yes">
        <source>Undo %n changes</source>
        <translation>
            <numerusform>Undo %n change</numerusform>
            <numerusform>Undo %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes are in the plan and not applied yet.</source>
        <translation>
            <numerusform>%n change is in the plan and not applied yet.</numerusform>
            <numerusform>%n changes are in the plan and not applied yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier changes of the same objects were replaced.</source>
        <translation>
            <numerusform>%n earlier change of the same object was replaced.</numerusform>
            <numerusform>%n earlier changes of the same objects were replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::StatusLine</name>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::TopBar</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes wait to be reviewed and applied: %1</source>
        <translation>
            <numerusform>%n change waits to be reviewed and applied: %1</numerusform>
            <numerusform>%n changes wait to be reviewed and applied: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Plan: %n changes</source>
        <translation>
            <numerusform>Plan: %n change</numerusform>
            <numerusform>Plan: %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::UnlockDialog</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::workbench::Activity</name>
    <message numerus="yes">
        <source>%n applied</source>
        <translation>
            <numerusform>%n applied</numerusform>
            <numerusform>%n applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <translation>
            <numerusform>%n in conflict</numerusform>
            <numerusform>%n in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer</source>
        <translation>
            <numerusform>%n without an answer</numerusform>
            <numerusform>%n without an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not started</source>
        <translation>
            <numerusform>%n not started</numerusform>
            <numerusform>%n not started</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::workbench::PlanPanel</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Unlock for %n minutes</source>
        <translation>
            <numerusform>&amp;Unlock for %n minute</numerusform>
            <numerusform>&amp;Unlock for %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes applied.</source>
        <translation>
            <numerusform>%1 of %n change applied.</numerusform>
            <numerusform>%1 of %n changes applied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes applied.</source>
        <translation>
            <numerusform>%n change applied.</numerusform>
            <numerusform>%n changes applied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping… %n on their way</source>
        <translation>
            <numerusform>Stopping… %n on its way</numerusform>
            <numerusform>Stopping… %n on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too late to stop: %n changes were on their way and are applied.</source>
        <translation>
            <numerusform>Too late to stop: the change was on its way and is applied.</numerusform>
            <numerusform>Too late to stop: %n changes were on their way and are applied.</numerusform>
        </translation>
    </message>
</context>
</TS>
