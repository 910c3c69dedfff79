<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ConcernText</name>
    <message>
        <source>This changes production.</source>
        <translation>此操作会更改生产环境。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes are in production.</source>
        <translation>
            <numerusform>%n 项更改中有 %1 项属于生产环境。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The plan changes %n connections.</source>
        <translation>
            <numerusform>此计划会更改 %n 个连接。</numerusform>
        </translation>
    </message>
    <message>
        <source>The server cannot compare here: what somebody else changes in the very same moment is not noticed.</source>
        <translation>服务器在此无法比较：他人在同一瞬间所做的更改不会被发现。</translation>
    </message>
    <message numerus="yes">
        <source>With %1 of %n changes the server cannot compare: what somebody else changes in the very same moment is not noticed.</source>
        <translation>
            <numerusform>%n 项更改中有 %1 项服务器无法比较：他人在同一瞬间所做的更改不会被发现。</numerusform>
        </translation>
    </message>
    <message>
        <source>This can be undone only in part.</source>
        <translation>此操作只能部分撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes can be undone only in part.</source>
        <translation>
            <numerusform>%n 项更改中有 %1 项只能部分撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes cannot be undone.</source>
        <translation>
            <numerusform>%n 项更改中有 %1 项无法撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a sentence and its reason</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>EditCommands</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open in a new window</source>
        <translation>在新窗口中打开</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Edit or rename</source>
        <translation>编辑或重命名</translation>
    </message>
    <message>
        <source>Delete or take out</source>
        <translation>删除或移出</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>复制选中的行</translation>
    </message>
    <message>
        <source>Select or deselect the row</source>
        <translation>选中或取消选中该行</translation>
    </message>
    <message>
        <source>Select all rows</source>
        <translation>选中所有行</translation>
    </message>
    <message>
        <source>Menu of what can be done</source>
        <translation>可用操作菜单</translation>
    </message>
    <message>
        <source>Next or previous place found</source>
        <translation>下一处或上一处匹配</translation>
    </message>
    <message>
        <source>Next or previous problem</source>
        <translation>下一个或上一个问题</translation>
    </message>
    <message>
        <source>Move the line up or down</source>
        <translation>上移或下移该行</translation>
    </message>
    <message>
        <source>Select the word where it stands next, too</source>
        <translation>同时选中该词的下一处</translation>
    </message>
    <message>
        <source>Show the hidden value</source>
        <translation>显示隐藏的值</translation>
    </message>
    <message>
        <source>There is nothing to undo here.</source>
        <translation>这里没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo here.</source>
        <translation>这里没有可重做的操作。</translation>
    </message>
    <message>
        <source>Nothing is selected here.</source>
        <translation>这里没有选中任何内容。</translation>
    </message>
    <message>
        <source>Nothing can be pasted here.</source>
        <translation>这里无法粘贴。</translation>
    </message>
    <message>
        <source>There is nothing to select here.</source>
        <translation>这里没有可选择的内容。</translation>
    </message>
</context>
<context>
    <name>Environment</name>
    <message>
        <source>DEVELOPMENT</source>
        <comment>badge of a connection</comment>
        <translation>开发</translation>
    </message>
    <message>
        <source>STAGING</source>
        <comment>badge of a connection</comment>
        <translation>预发布</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <comment>badge of a connection</comment>
        <translation>生产</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Up</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>↓</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>←</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>→</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>No page is open.</source>
        <translation>没有打开的页面。</translation>
    </message>
    <message>
        <source>No connection is chosen.</source>
        <translation>未选择连接。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>新建窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Open &amp;link…</source>
        <translation>打开链接(&amp;L)…</translation>
    </message>
    <message>
        <source>Opens a signalbox:// address</source>
        <translation>打开 signalbox:// 地址</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>关闭标签页(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Reopen closed tab</source>
        <translation>重新打开已关闭的标签页(&amp;R)</translation>
    </message>
    <message>
        <source>No tab was closed.</source>
        <translation>没有关闭过标签页。</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>&amp;Find or filter</source>
        <translation>查找或筛选(&amp;F)</translation>
    </message>
    <message>
        <source>This page has no address.</source>
        <translation>此页面没有地址。</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详情(&amp;D)</translation>
    </message>
    <message>
        <source>Shows or hides the details beside the page</source>
        <translation>显示或隐藏页面旁的详情</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>活动(&amp;A)</translation>
    </message>
    <message>
        <source>Running and finished operations</source>
        <translation>进行中与已完成的操作</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>What this program did, without secrets</source>
        <translation>本程序所做的事，不含机密</translation>
    </message>
    <message>
        <source>&amp;System colours</source>
        <translation>系统颜色(&amp;S)</translation>
    </message>
    <message>
        <source>Li&amp;ght</source>
        <translation>浅色(&amp;G)</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>深色(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>&amp;Search everything…</source>
        <translation>全局搜索(&amp;S)…</translation>
    </message>
    <message>
        <source>Run a &amp;command…</source>
        <translation>运行命令(&amp;C)…</translation>
    </message>
    <message>
        <source>Quick &amp;open…</source>
        <translation>快速打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Opens an object of this connection by name</source>
        <translation>按名称打开此连接中的对象</translation>
    </message>
    <message>
        <source>&amp;Last used tab</source>
        <translation>上一个使用的标签页(&amp;L)</translation>
    </message>
    <message>
        <source>Last used tab, &amp;backwards</source>
        <translation>上一个使用的标签页（反向）(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>下一个标签页(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous tab</source>
        <translation>前一个标签页(&amp;P)</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>&amp;Choose connection…</source>
        <translation>选择连接(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose &amp;namespace…</source>
        <translation>选择命名空间(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Add a connection…</source>
        <translation>添加连接(&amp;A)…</translation>
    </message>
    <message>
        <source>Import from the &amp;environment…</source>
        <translation>从环境变量导入(&amp;E)…</translation>
    </message>
    <message>
        <source>Takes NACOS_SERVER_ADDR and the other variables of the SDKs</source>
        <translation>读取 NACOS_SERVER_ADDR 等 SDK 环境变量</translation>
    </message>
    <message>
        <source>&amp;Manage connections…</source>
        <translation>管理连接(&amp;M)…</translation>
    </message>
    <message>
        <source>Start the &amp;practice registry</source>
        <translation>启动练习注册中心(&amp;P)</translation>
    </message>
    <message>
        <source>The practice registry did not start</source>
        <translation>练习注册中心未能启动</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>重新连接(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开(&amp;D)</translation>
    </message>
    <message>
        <source>It is not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>&amp;Unlock writes…</source>
        <translation>解锁写入(&amp;U)…</translation>
    </message>
    <message>
        <source>Lets a protected connection be written to for a while</source>
        <translation>允许在一段时间内写入受保护的连接</translation>
    </message>
    <message>
        <source>This connection is not protected: it can be written to.</source>
        <translation>此连接不受保护：可以写入。</translation>
    </message>
    <message>
        <source>&amp;Lock writes again</source>
        <translation>重新锁定写入(&amp;L)</translation>
    </message>
    <message>
        <source>Writes are not unlocked.</source>
        <translation>写入未解锁。</translation>
    </message>
    <message>
        <source>Writes were not locked</source>
        <translation>写入未锁定</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>&amp;Verify the ledger</source>
        <translation>验证账本(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Export the ledger…</source>
        <translation>导出账本(&amp;E)…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>Every command with its keys</source>
        <translation>所有命令及其按键</translation>
    </message>
    <message>
        <source>&amp;About Signalbox</source>
        <translation>关于 Signalbox(&amp;A)</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>This is not a signalbox:// address.</source>
        <translation>这不是 signalbox:// 地址。</translation>
    </message>
    <message>
        <source>Signalbox %1</source>
        <translation>Signalbox %1</translation>
    </message>
    <message>
        <source>A native desktop console for agent registries. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>智能体注册中心的原生桌面控制台。自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
    <message>
        <source>Copy version</source>
        <translation>复制版本</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Bookmark this page</source>
        <translation>为此页面添加书签(&amp;B)</translation>
    </message>
    <message>
        <source>Keeps it under Bookmarks, or takes it away from there</source>
        <translation>将其保存到书签中，或从书签中移除</translation>
    </message>
    <message>
        <source>Keeps the selected objects under Bookmarks</source>
        <translation>把所选对象保存到书签</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>没有选中任何内容。</translation>
    </message>
    <message>
        <source>Larger te&amp;xt</source>
        <translation>放大文字(&amp;X)</translation>
    </message>
    <message>
        <source>In editors and differences</source>
        <translation>用于编辑器和差异视图</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>缩小文字(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>正常文字大小(&amp;N)</translation>
    </message>
    <message>
        <source>Enter the pass&amp;word…</source>
        <translation>输入密码(&amp;W)…</translation>
    </message>
    <message>
        <source>Of the connection in front; kept where passwords are kept</source>
        <translation>当前连接的密码；保存在存放密码的地方</translation>
    </message>
    <message>
        <source>This connection does not log in with a password.</source>
        <translation>此连接不使用密码登录。</translation>
    </message>
    <message>
        <source>Cop&amp;y link to this page</source>
        <translation>复制此页面的链接(&amp;Y)</translation>
    </message>
    <message>
        <source>B&amp;ookmark the selection</source>
        <translation>为所选内容添加书签(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ui::CodeEditor</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>This content holds NUL bytes. It is shown as well as possible and cannot be edited as text.</source>
        <translation>此内容含有 NUL 字节。已尽可能显示，不能作为文本编辑。</translation>
    </message>
    <message>
        <source>This content is not UTF-8 (first at byte %1). It is shown as well as possible and cannot be edited as text.</source>
        <translation>此内容不是 UTF-8（首个在第 %1 字节）。已尽可能显示，不能作为文本编辑。</translation>
    </message>
    <message>
        <source>A line of this content is too long to edit here. It is shown in pieces; formatting it makes it editable.</source>
        <translation>此内容中有一行太长，无法在此编辑。已分段显示；格式化后即可编辑。</translation>
    </message>
    <message>
        <source>A secret value. Double-click or Ctrl+. shows it.</source>
        <translation>机密值。双击或按 Ctrl+. 显示。</translation>
    </message>
    <message>
        <source>Show this value</source>
        <translation>显示此值</translation>
    </message>
    <message>
        <source>Hide secret values</source>
        <translation>隐藏机密值</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Copy this value</source>
        <translation>复制此值</translation>
    </message>
</context>
<context>
    <name>ui::CoreText</name>
    <message>
        <source>the end comes too early: “%1” of line %2 is not closed</source>
        <translation>内容提前结束：第 %2 行的“%1”没有闭合</translation>
    </message>
    <message>
        <source>expected a key, a table or a comment, found %1 (keys with other than Latin letters stand in quotes)</source>
        <translation>应为键、表或注释，却是 %1（含非拉丁字母的键要放在引号中）</translation>
    </message>
    <message>
        <source>expected %1, found %2</source>
        <translation>应为%1，却是 %2</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <source>a key in double quotes</source>
        <translation>双引号中的键</translation>
    </message>
    <message>
        <source>“,” or “}”</source>
        <translation>“,”或“}”</translation>
    </message>
    <message>
        <source>“,” or “]”</source>
        <translation>“,”或“]”</translation>
    </message>
    <message>
        <source>“:” after the key</source>
        <translation>键之后的“:”</translation>
    </message>
    <message>
        <source>the end of the line</source>
        <translation>行尾</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>JSON strings stand in double quotes</source>
        <translation>JSON 字符串要用双引号</translation>
    </message>
    <message>
        <source>the string is not closed</source>
        <translation>字符串没有闭合</translation>
    </message>
    <message>
        <source>a control character</source>
        <translation>有控制字符</translation>
    </message>
    <message>
        <source>an unknown escape in a string: a backslash is written \\</source>
        <translation>字符串中有未知的转义：反斜杠应写作 \\</translation>
    </message>
    <message>
        <source>nested deeper than %1 levels</source>
        <translation>嵌套超过 %1 层</translation>
    </message>
    <message>
        <source>“%1” closes nothing</source>
        <translation>“%1”没有可闭合的内容</translation>
    </message>
    <message>
        <source>“%1” does not close “%2” of line %3</source>
        <translation>“%1”不能闭合第 %3 行的“%2”</translation>
    </message>
    <message>
        <source>not a JSON number: no leading zeros</source>
        <translation>不是 JSON 数字：不能以零开头</translation>
    </message>
    <message>
        <source>not a JSON number</source>
        <translation>不是 JSON 数字</translation>
    </message>
    <message>
        <source>true, false and null are written in lower case</source>
        <translation>true、false 和 null 要用小写</translation>
    </message>
    <message>
        <source>text must stand in double quotes</source>
        <translation>文本必须放在双引号中</translation>
    </message>
    <message>
        <source>a key must stand in double quotes</source>
        <translation>键必须放在双引号中</translation>
    </message>
    <message>
        <source>a comma is missing before this</source>
        <translation>这里之前缺少逗号</translation>
    </message>
    <message>
        <source>a comma before the closing bracket</source>
        <translation>右括号前多了一个逗号</translation>
    </message>
    <message>
        <source>something follows the end of the value: %1</source>
        <translation>值结束之后还有内容：%1</translation>
    </message>
    <message>
        <source>empty: JSON needs a value</source>
        <translation>内容为空：JSON 需要一个值</translation>
    </message>
    <message>
        <source>the document type is not closed</source>
        <translation>文档类型声明没有闭合</translation>
    </message>
    <message>
        <source>“&lt;” begins a tag; as text it is written &amp;lt;</source>
        <translation>“&lt;”是标签的开头；作为文本应写作 &amp;lt;</translation>
    </message>
    <message>
        <source>the tag is not closed</source>
        <translation>标签没有闭合</translation>
    </message>
    <message>
        <source>a blank is missing before this attribute</source>
        <translation>该属性之前缺少空格</translation>
    </message>
    <message>
        <source>the attribute has no value</source>
        <translation>该属性没有值</translation>
    </message>
    <message>
        <source>the value of an attribute stands in quotes</source>
        <translation>属性的值要放在引号中</translation>
    </message>
    <message>
        <source>the value of the attribute is not closed</source>
        <translation>属性的值没有闭合</translation>
    </message>
    <message>
        <source>“&lt;” inside a value is written &amp;lt; (or the quote before it is not closed)</source>
        <translation>值中的“&lt;”应写作 &amp;lt;（或者前面的引号没有闭合）</translation>
    </message>
    <message>
        <source>the comment is not closed</source>
        <translation>注释没有闭合</translation>
    </message>
    <message>
        <source>the CDATA section is not closed</source>
        <translation>CDATA 段没有闭合</translation>
    </message>
    <message>
        <source>the processing instruction is not closed</source>
        <translation>处理指令没有闭合</translation>
    </message>
    <message>
        <source>empty: XML needs an element</source>
        <translation>内容为空：XML 需要一个元素</translation>
    </message>
    <message>
        <source>the document type is larger than 64 KiB: not checked</source>
        <translation>文档类型声明超过 64 KiB：未检查</translation>
    </message>
    <message>
        <source>more than 1000 attributes: not checked</source>
        <translation>属性超过 1000 个：未检查</translation>
    </message>
    <message>
        <source>the attribute &quot;%1&quot; is there twice</source>
        <translation>属性 &quot;%1&quot; 出现了两次</translation>
    </message>
    <message>
        <source>a second root element</source>
        <translation>出现了第二个根元素</translation>
    </message>
    <message>
        <source>more than 200 namespaces: not checked</source>
        <translation>命名空间超过 200 个：未检查</translation>
    </message>
    <message>
        <source>too large for a content with a document type: not checked</source>
        <translation>带文档类型声明的内容过大：未检查</translation>
    </message>
    <message>
        <source>the names of all keys together are too long</source>
        <translation>所有键名合起来过长</translation>
    </message>
    <message>
        <source>“&amp;” begins an entity, and this one is unknown or not ended by “;”; as text it is written &amp;amp;</source>
        <translation>“&amp;”是实体的开头，而这个实体未知或没有以“;”结束；作为文本应写作 &amp;amp;</translation>
    </message>
    <message>
        <source>&lt;/%1&gt; closes nothing</source>
        <translation>&lt;/%1&gt; 没有可闭合的内容</translation>
    </message>
    <message>
        <source>&lt;/%1&gt; does not close &lt;%2&gt; of line %3</source>
        <translation>&lt;/%1&gt; 不能闭合第 %3 行的 &lt;%2&gt;</translation>
    </message>
    <message>
        <source>&lt;%1&gt; is not closed: everything behind it is lost</source>
        <translation>&lt;%1&gt; 没有闭合：其后的内容都会丢失</translation>
    </message>
    <message>
        <source>&lt;%1&gt; is not closed</source>
        <translation>&lt;%1&gt; 没有闭合</translation>
    </message>
    <message>
        <source>more than %1 tables and dotted keys: not checked</source>
        <translation>表和点分键超过 %1 个：未检查</translation>
    </message>
    <message>
        <source>the TOML parser gave up</source>
        <translation>TOML 解析失败</translation>
    </message>
    <message>
        <source>key &quot;%1&quot; is defined already</source>
        <translation>键 &quot;%1&quot; 已定义过</translation>
    </message>
    <message>
        <source>text after the end of the document: another document needs a line “---” before it</source>
        <translation>文档结束之后还有文本：另一个文档之前需要一行“---”</translation>
    </message>
    <message>
        <source>nothing before this comma</source>
        <translation>这个逗号之前没有内容</translation>
    </message>
    <message>
        <source>nothing before this “:”: the key is missing</source>
        <translation>这个“:”之前没有内容：缺少键</translation>
    </message>
    <message>
        <source>a tab in the indentation: YAML allows blanks only</source>
        <translation>缩进中有制表符：YAML 只允许空格</translation>
    </message>
    <message>
        <source>the quoted text is not closed</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>too many values in one pair of brackets: not checked</source>
        <translation>一对括号中的值过多：未检查</translation>
    </message>
    <message>
        <source>the YAML parser gave up</source>
        <translation>YAML 解析失败</translation>
    </message>
    <message>
        <source>“:” is not allowed here: a second key on one line, or the indentation differs from the lines above</source>
        <translation>这里不能有“:”：同一行有第二个键，或缩进与上面的行不同</translation>
    </message>
    <message>
        <source>a key is not allowed here</source>
        <translation>这里不能有键</translation>
    </message>
    <message>
        <source>a list entry is not allowed here: “- ” must begin a line</source>
        <translation>这里不能有列表项：“- ”必须在行首</translation>
    </message>
    <message>
        <source>this bracket closes nothing</source>
        <translation>这个括号没有可闭合的内容</translation>
    </message>
    <message>
        <source>the indentation does not match the lines above, or text follows a complete value</source>
        <translation>缩进与上面的行不一致，或完整的值之后还有文本</translation>
    </message>
    <message>
        <source>the indentation does not match the list above, or text follows a complete value</source>
        <translation>缩进与上面的列表不一致，或完整的值之后还有文本</translation>
    </message>
    <message>
        <source>“{” is not closed</source>
        <translation>“{”没有闭合</translation>
    </message>
    <message>
        <source>“[” is not closed</source>
        <translation>“[”没有闭合</translation>
    </message>
    <message>
        <source>a document marker inside a quoted text</source>
        <translation>引号内有文档标记</translation>
    </message>
    <message>
        <source>there is no anchor of this name above</source>
        <translation>上文没有这个名称的锚点</translation>
    </message>
    <message>
        <source>“*” begins the name of an alias; text that begins with it stands in quotes</source>
        <translation>“*”是别名的开头；以它开头的文本要放在引号中</translation>
    </message>
    <message>
        <source>“&amp;” begins the name of an anchor; text that begins with it stands in quotes</source>
        <translation>“&amp;”是锚点的开头；以它开头的文本要放在引号中</translation>
    </message>
    <message>
        <source>a character that the name of an alias cannot have</source>
        <translation>别名中不能有这个字符</translation>
    </message>
    <message>
        <source>a character that the name of an anchor cannot have</source>
        <translation>锚点名称中不能有这个字符</translation>
    </message>
    <message>
        <source>two anchors for one value</source>
        <translation>一个值有两个锚点</translation>
    </message>
    <message>
        <source>two tags for one value</source>
        <translation>一个值有两个标签</translation>
    </message>
    <message>
        <source>an alias cannot have an anchor</source>
        <translation>别名不能有锚点</translation>
    </message>
    <message>
        <source>an alias cannot have a tag</source>
        <translation>别名不能有标签</translation>
    </message>
    <message>
        <source>only blanks, a digit, + or - may follow “|” or “&gt;”</source>
        <translation>“|”或“&gt;”之后只能有空格、一位数字、+ 或 -</translation>
    </message>
    <message>
        <source>the indentation after “|” or “&gt;” cannot be 0</source>
        <translation>“|”或“&gt;”之后的缩进不能为 0</translation>
    </message>
    <message>
        <source>an unknown escape in double quotes: a backslash is written \\, or use single quotes</source>
        <translation>双引号中有未知的转义：反斜杠应写作 \\，或改用单引号</translation>
    </message>
    <message>
        <source>an escape that is no Unicode character</source>
        <translation>该转义不是 Unicode 字符</translation>
    </message>
    <message>
        <source>an escape that needs hexadecimal digits</source>
        <translation>该转义需要十六进制数字</translation>
    </message>
    <message>
        <source>a character that a tag cannot have</source>
        <translation>标签中不能有这个字符</translation>
    </message>
    <message>
        <source>“!” begins a tag; text that begins with it stands in quotes</source>
        <translation>“!”是标签的开头；以它开头的文本要放在引号中</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>a blank is missing behind “:”</source>
        <translation>“:”之后缺少空格</translation>
    </message>
    <message>
        <source>the control character %1 is not allowed</source>
        <translation>不允许控制字符 %1</translation>
    </message>
    <message>
        <source>a tab separates here: SnakeYAML, which Spring and other Java clients use, refuses it</source>
        <translation>这里用制表符分隔：Spring 等 Java 客户端所用的 SnakeYAML 不接受</translation>
    </message>
    <message>
        <source>“:” is missing behind this key, or the line is not indented enough to belong to the text above</source>
        <translation>这个键之后缺少“:”，或该行缩进不足，不属于上面的文本</translation>
    </message>
    <message>
        <source>duplicated key &quot;%1&quot; (first in line %2)</source>
        <translation>键 &quot;%1&quot; 重复（首次出现在第 %2 行）</translation>
    </message>
    <message>
        <source>more problems follow; they are not listed</source>
        <translation>还有更多问题，不再列出</translation>
    </message>
    <message>
        <source>\u needs four hexadecimal digits; a backslash is written \\</source>
        <translation>\u 需要四位十六进制数字；反斜杠应写作 \\</translation>
    </message>
    <message>
        <source>the backslash before “%1” is dropped; a backslash is written \\</source>
        <translation>“%1”之前的反斜杠会被丢弃；反斜杠应写作 \\</translation>
    </message>
    <message>
        <source>the line ends with a backslash, but nothing follows</source>
        <translation>该行以反斜杠结尾，但后面没有内容</translation>
    </message>
    <message>
        <source>the key is empty</source>
        <translation>键为空</translation>
    </message>
    <message>
        <source>the full-width “＝” and “：” separate nothing: the whole line is a key</source>
        <translation>全角的“＝”和“：”不起分隔作用：整行都是键</translation>
    </message>
    <message>
        <source>no “=” in this line: all of it is a key without a value</source>
        <translation>该行没有“=”：整行是一个没有值的键</translation>
    </message>
    <message>
        <source>a blank separates key and value here</source>
        <translation>这里由空格分隔键和值</translation>
    </message>
    <message>
        <source>the blanks at the end belong to the value</source>
        <translation>行尾的空格属于值</translation>
    </message>
    <message>
        <source>not an ordinary blank: it counts as text, not as indentation</source>
        <translation>不是普通空格：它算作文本，而不是缩进</translation>
    </message>
    <message>
        <source>the result would be larger than %1 MiB</source>
        <translation>结果会超过 %1 MiB</translation>
    </message>
    <message>
        <source>the plan has no changes</source>
        <translation>计划中没有变更</translation>
    </message>
    <message>
        <source>nothing is sent that cannot be journaled: %1</source>
        <translation>无法记入账本的内容不会发送：%1</translation>
    </message>
    <message>
        <source>nothing here can change objects of kind %1</source>
        <translation>这里无法更改类型为 %1 的对象</translation>
    </message>
    <message>
        <source>there is no connection %1</source>
        <translation>没有连接 %1</translation>
    </message>
    <message>
        <source>the plan is not the one that was shown</source>
        <translation>该计划与展示的不同</translation>
    </message>
    <message>
        <source>%1 is protected: unlock its writes first</source>
        <translation>%1 受保护：请先解锁写入</translation>
    </message>
    <message>
        <source>a change in production needs a reason</source>
        <translation>生产环境的变更需要填写原因</translation>
    </message>
    <message>
        <source>not confirmed: %1 must be typed</source>
        <translation>未确认：必须输入 %1</translation>
    </message>
    <message>
        <source>this plan is under way</source>
        <translation>该计划正在执行</translation>
    </message>
    <message>
        <source>nothing can be taken back: %1</source>
        <translation>没有可以撤回的内容：%1</translation>
    </message>
    <message>
        <source>it was taken back already, by entry %1 at %2</source>
        <translation>已经撤回：见账本条目 %1（%2）</translation>
    </message>
    <message>
        <source>profiles.json was written by a newer version of this program, which has to change it</source>
        <translation>profiles.json 由本程序的更新版本写入，须由该版本修改</translation>
    </message>
    <message>
        <source>the content is not UTF-8, which is all the registry can hold</source>
        <translation>内容不是 UTF-8，注册中心只能保存 UTF-8</translation>
    </message>
    <message>
        <source>the content is blank, which the registry refuses; delete the configuration instead</source>
        <translation>内容为空白，注册中心不接受；请改为删除此配置</translation>
    </message>
    <message>
        <source>the content has %1 characters; the registry takes %2</source>
        <translation>内容有 %1 个字符；注册中心最多接受 %2 个</translation>
    </message>
    <message>
        <source>%1 is longer than %2 characters</source>
        <translation>%1超过 %2 个字符</translation>
    </message>
    <message>
        <source>a tag</source>
        <translation>某个标签</translation>
    </message>
    <message>
        <source>the description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>a configuration has at most %1 tags</source>
        <translation>一个配置最多有 %1 个标签</translation>
    </message>
    <message>
        <source>a tag is blank or has a comma in it</source>
        <translation>某个标签为空白或含有逗号</translation>
    </message>
    <message>
        <source>this configuration is encrypted, and the new content comes without a data key: nothing could open it</source>
        <translation>此配置已加密，而新内容没有数据密钥：将无法解密</translation>
    </message>
    <message>
        <source>a data key belongs to configurations whose data ID begins with cipher-</source>
        <translation>数据密钥只属于 Data ID 以 cipher- 开头的配置</translation>
    </message>
    <message>
        <source>this configuration is encrypted: other content beside its data key could not be opened. Its owner&apos;s client must publish it</source>
        <translation>此配置已加密：与其数据密钥不符的内容将无法解密。必须由其所有者的客户端发布</translation>
    </message>
    <message>
        <source>nothing to change: %1 is like that already</source>
        <translation>无需更改：%1 已经如此</translation>
    </message>
    <message>
        <source>a gray version is not restored as the configuration itself</source>
        <translation>灰度版本不能恢复为配置本身</translation>
    </message>
    <message>
        <source>schema: %1</source>
        <translation>schema：%1</translation>
    </message>
    <message>
        <source>expected one of the types %1, found %2</source>
        <translation>类型应为 %1 之一，实际是%2</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>映射（对象）</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表（数组）</translation>
    </message>
    <message>
        <source>must be one of: %1</source>
        <translation>只能是：%1</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; is missing</source>
        <translation>缺少键“%1”</translation>
    </message>
    <message>
        <source>the schema knows no key &quot;%1&quot; here</source>
        <translation>schema 中此处没有键“%1”</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; may not stand here</source>
        <translation>此处不允许键“%1”</translation>
    </message>
    <message>
        <source>nothing may stand here</source>
        <translation>此处不允许任何值</translation>
    </message>
    <message>
        <source>a key may not be called &quot;%1&quot; here</source>
        <translation>此处的键不能叫“%1”</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; needs the key &quot;%2&quot; beside it</source>
        <translation>有键“%1”就必须同时有键“%2”</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; is deprecated</source>
        <translation>键“%1”已弃用</translation>
    </message>
    <message>
        <source>is deprecated</source>
        <translation>已弃用</translation>
    </message>
    <message>
        <source>is what the schema rules out</source>
        <translation>是 schema 所排除的</translation>
    </message>
    <message>
        <source>matches more than one of %1 alternatives</source>
        <translation>符合 %1 个备选中的不止一个</translation>
    </message>
    <message>
        <source>matches none of %1 alternatives</source>
        <translation>不符合 %1 个备选中的任何一个</translation>
    </message>
    <message>
        <source>has fewer than %1 keys</source>
        <translation>键少于 %1 个</translation>
    </message>
    <message>
        <source>has more than %1 keys</source>
        <translation>键多于 %1 个</translation>
    </message>
    <message>
        <source>has fewer than %1 entries</source>
        <translation>条目少于 %1 个</translation>
    </message>
    <message>
        <source>has more than %1 entries</source>
        <translation>条目多于 %1 个</translation>
    </message>
    <message>
        <source>has fewer than %1 characters</source>
        <translation>少于 %1 个字符</translation>
    </message>
    <message>
        <source>has more than %1 characters</source>
        <translation>多于 %1 个字符</translation>
    </message>
    <message>
        <source>lacks an entry the schema asks for</source>
        <translation>缺少 schema 要求的条目</translation>
    </message>
    <message>
        <source>has too many entries of one kind</source>
        <translation>同类条目过多</translation>
    </message>
    <message>
        <source>the same entry stands in the list before</source>
        <translation>列表前面已有相同的条目</translation>
    </message>
    <message>
        <source>does not match the pattern %1</source>
        <translation>不符合模式 %1</translation>
    </message>
    <message>
        <source>must be greater than %1</source>
        <translation>必须大于 %1</translation>
    </message>
    <message>
        <source>must be less than %1</source>
        <translation>必须小于 %1</translation>
    </message>
    <message>
        <source>must be at least %1</source>
        <translation>不得小于 %1</translation>
    </message>
    <message>
        <source>must be at most %1</source>
        <translation>不得大于 %1</translation>
    </message>
    <message>
        <source>must be a multiple of %1</source>
        <translation>必须是 %1 的倍数</translation>
    </message>
    <message>
        <source>the check was given up: it takes too long</source>
        <translation>检查已放弃：耗时过长</translation>
    </message>
    <message>
        <source>the check was given up: the schema refers to itself without end</source>
        <translation>检查已放弃：schema 无止境地引用自身</translation>
    </message>
    <message>
        <source>a pattern takes too long; it is not checked</source>
        <translation>某个模式耗时过长，未作检查</translation>
    </message>
    <message>
        <source>the content is too large to be checked</source>
        <translation>内容过大，无法检查</translation>
    </message>
    <message>
        <source>a schema is a map, or true or false</source>
        <translation>schema 应为映射（对象），或 true、false</translation>
    </message>
    <message>
        <source>“%1” is true or false</source>
        <translation>“%1”应为 true 或 false</translation>
    </message>
    <message>
        <source>“%1” is a number</source>
        <translation>“%1”应为数字</translation>
    </message>
    <message>
        <source>“%1” is a number of things</source>
        <translation>“%1”应为非负整数</translation>
    </message>
    <message>
        <source>“%1” is a list of schemas</source>
        <translation>“%1”应为 schema 的列表</translation>
    </message>
    <message>
        <source>“%1” is a map of schemas</source>
        <translation>“%1”应为 schema 的映射</translation>
    </message>
    <message>
        <source>“%1” is a list of keys</source>
        <translation>“%1”应为键的列表</translation>
    </message>
    <message>
        <source>“%1” is a list</source>
        <translation>“%1”应为列表</translation>
    </message>
    <message>
        <source>“%1” is a map</source>
        <translation>“%1”应为映射</translation>
    </message>
    <message>
        <source>“%1” is a text</source>
        <translation>“%1”应为文本</translation>
    </message>
    <message>
        <source>“type” is one of string, number, integer, boolean, null, object and array</source>
        <translation>“type”只能是 string、number、integer、boolean、null、object、array</translation>
    </message>
    <message>
        <source>“%1” is elsewhere; it is not fetched</source>
        <translation>“%1”在别处，不会去获取</translation>
    </message>
    <message>
        <source>“%1” is not checked</source>
        <translation>“%1”不作检查</translation>
    </message>
    <message>
        <source>the pattern is too long to be checked</source>
        <translation>模式过长，不作检查</translation>
    </message>
    <message>
        <source>the pattern “%1” cannot be read; it is not checked</source>
        <translation>模式“%1”无法识别，不作检查</translation>
    </message>
    <message>
        <source>a schema of more than 1 MiB is not read</source>
        <translation>超过 1 MiB 的 schema 不予读取</translation>
    </message>
    <message>
        <source>more than %1 values</source>
        <translation>超过 %1 个值</translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>use, effect and schema of this configuration are not told by the server; it had some before somebody else changed it: what is not given anew is cleared</source>
        <translation>服务器不返回此配置的用途、影响和 schema；在他人修改之前它有过这些属性：未重新给出的将被清除</translation>
    </message>
    <message>
        <source>use, effect and schema of this configuration are not told by the server, and what is known of them cannot be read (%1): what is not given anew is cleared</source>
        <translation>服务器不返回此配置的用途、影响和 schema，已知的内容也无法读取（%1）：未重新给出的将被清除</translation>
    </message>
    <message>
        <source>description and tags could not be read, so they cannot be brought back</source>
        <translation>描述和标签无法读取，因此无法恢复</translation>
    </message>
    <message>
        <source>there is no “%1” in the schema; what it is about is not checked</source>
        <translation>schema 中没有“%1”；与它有关的内容不做检查</translation>
    </message>
</context>
<context>
    <name>ui::DiffCanvas</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>changed</source>
        <comment>a masked value that differs</comment>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s), click to show</source>
        <translation>
            <numerusform>%n 行未更改，点击显示</numerusform>
        </translation>
    </message>
    <message>
        <source>Show this value</source>
        <translation>显示此值</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>no newline at the end</source>
        <translation>末尾没有换行</translation>
    </message>
</context>
<context>
    <name>ui::DiffView</name>
    <message>
        <source>Previous change (F7)</source>
        <translation>上一处更改（F7）</translation>
    </message>
    <message>
        <source>Next change (F8)</source>
        <translation>下一处更改（F8）</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Unified</source>
        <translation>统一视图</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>Shows all secret values; a click on the dots shows one</source>
        <translation>显示所有机密值；点击圆点显示单个</translation>
    </message>
    <message>
        <source>Changed keys</source>
        <translation>更改的键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>changed</source>
        <comment>a masked value that differs</comment>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>No differences</source>
        <translation>没有差异</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n change(s)</source>
        <extracomment>which change of how many: 2 of 5 changes</extracomment>
        <translation>
            <numerusform>%1 / %n 项更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>compared roughly</source>
        <translation>粗略比较</translation>
    </message>
    <message numerus="yes">
        <source>Show %n secret(s)</source>
        <translation>
            <numerusform>显示 %n 个机密</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>无法连接到服务器。</translation>
    </message>
    <message>
        <source>the server cannot be reached</source>
        <translation>无法连接到服务器</translation>
    </message>
    <message>
        <source>Check the address and the network, then try again.</source>
        <translation>请检查地址和网络，然后重试。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器未及时应答。</translation>
    </message>
    <message>
        <source>the server did not answer in time</source>
        <translation>服务器未及时应答</translation>
    </message>
    <message>
        <source>It may be busy: try again, or allow more time in the connection&apos;s settings.</source>
        <translation>服务器可能繁忙：请重试，或在连接设置中延长时间。</translation>
    </message>
    <message>
        <source>The secure connection was refused.</source>
        <translation>安全连接被拒绝。</translation>
    </message>
    <message>
        <source>the secure connection was refused</source>
        <translation>安全连接被拒绝</translation>
    </message>
    <message>
        <source>Check the server&apos;s certificate and the TLS settings of this connection.</source>
        <translation>请检查服务器证书和此连接的 TLS 设置。</translation>
    </message>
    <message>
        <source>The server does not accept the login.</source>
        <translation>服务器不接受此登录。</translation>
    </message>
    <message>
        <source>the server does not accept the login</source>
        <translation>服务器不接受此登录</translation>
    </message>
    <message>
        <source>Check the account and its password or key in the connection&apos;s settings.</source>
        <translation>请在连接设置中检查账号及其密码或密钥。</translation>
    </message>
    <message>
        <source>This account may not do that.</source>
        <translation>此账号无权执行该操作。</translation>
    </message>
    <message>
        <source>this account may not do that</source>
        <translation>此账号无权执行该操作</translation>
    </message>
    <message>
        <source>Ask for the right, or use another account.</source>
        <translation>请申请权限，或使用其他账号。</translation>
    </message>
    <message>
        <source>It does not exist any more.</source>
        <translation>它已不存在。</translation>
    </message>
    <message>
        <source>it does not exist</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>Refresh the list; somebody may have deleted or moved it.</source>
        <translation>请刷新列表；可能有人删除或移动了它。</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile.</source>
        <translation>期间被他人更改。</translation>
    </message>
    <message>
        <source>somebody else changed it meanwhile</source>
        <translation>期间被他人更改</translation>
    </message>
    <message>
        <source>Look at the difference, then merge or overwrite.</source>
        <translation>请查看差异，然后合并或覆盖。</translation>
    </message>
    <message>
        <source>The server refused it.</source>
        <translation>服务器拒绝了。</translation>
    </message>
    <message>
        <source>the server refused it</source>
        <translation>服务器拒绝了</translation>
    </message>
    <message>
        <source>The details say what the server did not like.</source>
        <translation>详情中说明了服务器拒绝的原因。</translation>
    </message>
    <message>
        <source>The server asks for patience.</source>
        <translation>服务器请求稍候。</translation>
    </message>
    <message>
        <source>the server asks for patience</source>
        <translation>服务器请求稍候</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>请稍候再试。</translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood.</source>
        <translation>无法理解服务器的应答。</translation>
    </message>
    <message>
        <source>the server&apos;s answer cannot be understood</source>
        <translation>无法理解服务器的应答</translation>
    </message>
    <message>
        <source>Check that the address leads to the right kind of server; the details show what came.</source>
        <translation>请确认地址指向正确类型的服务器；详情中有收到的内容。</translation>
    </message>
    <message>
        <source>This server cannot do that.</source>
        <translation>此服务器不支持该操作。</translation>
    </message>
    <message>
        <source>this server cannot do that</source>
        <translation>此服务器不支持该操作</translation>
    </message>
    <message>
        <source>It needs a newer version of the server, or another of its interfaces.</source>
        <translation>需要更新版本的服务器，或它的另一种接口。</translation>
    </message>
    <message>
        <source>Something in the input is not right.</source>
        <translation>输入中有不正确的内容。</translation>
    </message>
    <message>
        <source>something in the input is not right</source>
        <translation>输入中有不正确的内容</translation>
    </message>
    <message>
        <source>Correct it as the details say.</source>
        <translation>请按详情更正。</translation>
    </message>
    <message>
        <source>This connection&apos;s protection does not allow it.</source>
        <translation>此连接的保护不允许。</translation>
    </message>
    <message>
        <source>this connection&apos;s protection does not allow it</source>
        <translation>此连接的保护不允许</translation>
    </message>
    <message>
        <source>Unlock writes for this connection first (Connection menu).</source>
        <translation>请先解锁此连接的写入（“连接”菜单）。</translation>
    </message>
    <message>
        <source>Something went wrong inside Signalbox.</source>
        <translation>Signalbox 内部出错。</translation>
    </message>
    <message>
        <source>something went wrong inside Signalbox</source>
        <translation>Signalbox 内部出错</translation>
    </message>
    <message>
        <source>Try again; if it stays, please report it with the details.</source>
        <translation>请重试；如果仍然如此，请附上详情报告。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <extracomment>%1 is what failed (&quot;Cannot load the configurations&quot;), %2 why (&quot;the server cannot be reached&quot;)</extracomment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>No password is known for this connection.</source>
        <translation>没有此连接的密码。</translation>
    </message>
    <message>
        <source>no password is known for this connection</source>
        <translation>没有此连接的密码</translation>
    </message>
    <message>
        <source>Enter it: Connection menu, “Enter the password…”.</source>
        <translation>请输入密码：“连接”菜单中的“输入密码…”。</translation>
    </message>
    <message>
        <source>The key or token of this connection is not known here.</source>
        <translation>这里没有此连接的密钥或令牌。</translation>
    </message>
    <message>
        <source>the key or token of this connection is not known here</source>
        <translation>这里没有此连接的密钥或令牌</translation>
    </message>
    <message>
        <source>Enter it in the connection&apos;s settings.</source>
        <translation>请在连接的设置中输入。</translation>
    </message>
    <message>
        <source>A file of Signalbox cannot be written.</source>
        <translation>Signalbox 的一个文件无法写入。</translation>
    </message>
    <message>
        <source>a file of Signalbox cannot be written</source>
        <translation>Signalbox 的一个文件无法写入</translation>
    </message>
    <message>
        <source>Check that its folder is writable and that its disk has room, then try again.</source>
        <translation>请检查其文件夹是否可写、磁盘是否还有空间，然后重试。</translation>
    </message>
    <message>
        <source>Check that %1 is writable and that its disk has room, then try again.</source>
        <translation>请检查 %1 是否可写、磁盘是否还有空间，然后重试。</translation>
    </message>
    <message>
        <source>It has changed, but the server still answers with the version before the change.</source>
        <translation>内容已更改，但服务器仍返回更改之前的版本。</translation>
    </message>
    <message>
        <source>it has changed, but the server still answers with the version before the change</source>
        <translation>内容已更改，但服务器仍返回更改之前的版本</translation>
    </message>
    <message>
        <source>It is asked again; a cluster may need a while until all its servers agree.</source>
        <translation>将再次查询；集群中的所有服务器可能需要一段时间才能一致。</translation>
    </message>
    <message>
        <source>The server sends on to %1.</source>
        <translation>服务器将请求转到 %1。</translation>
    </message>
    <message>
        <source>the server sends on to %1</source>
        <translation>服务器将请求转到 %1</translation>
    </message>
    <message>
        <source>If that is the registry, give the connection this address; nothing was sent there.</source>
        <translation>如果那里就是注册中心，请把连接的地址改为它；未向该地址发送任何内容。</translation>
    </message>
</context>
<context>
    <name>ui::FilterBar</name>
    <message>
        <source>Saved filters and history</source>
        <translation>已保存的筛选与历史</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter: text, field:value, -not, /regular expression/</source>
        <translation>筛选：文本、field:value、-非、/正则表达式/</translation>
    </message>
    <message>
        <source>Click to edit, the cross removes it</source>
        <translation>点击编辑，点叉移除</translation>
    </message>
    <message>
        <source>The regular expression is not complete: %1</source>
        <translation>正则表达式不完整：%1</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>保存此筛选…</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>保存筛选</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delete a saved filter</source>
        <translation>删除已保存的筛选</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Upper and lower case count</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>上一个（Shift+F3）</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>下一个（F3）</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace this one and go to the next</source>
        <translation>替换此处并转到下一处</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>转到行</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>line, or line:column</source>
        <translation>行，或 行:列</translation>
    </message>
    <message>
        <source>not a complete expression</source>
        <translation>不是完整的表达式</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>多于 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>place in the found ones: 3 of 17</extracomment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n masked</source>
        <comment>places not searched because they are masked</comment>
        <translation>
            <numerusform>%n 处已隐藏</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FormPage</name>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Correct what is marked first.</source>
        <translation>请先更正标出的内容。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有更改任何内容。</translation>
    </message>
    <message>
        <source>this form</source>
        <translation>此表单</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
</context>
<context>
    <name>ui::KeySheet</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Filter commands and keys…</source>
        <translation>筛选命令与按键…</translation>
    </message>
    <message>
        <source>Filter commands and keys</source>
        <translation>筛选命令与按键</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Nothing fits “%1”.</source>
        <translation>没有与“%1”相符的内容。</translation>
    </message>
    <message>
        <source>Another word may: of a command, of a page, or a key such as Ctrl+S.</source>
        <translation>换一个词试试：命令、页面的名称，或 Ctrl+S 这样的按键。</translation>
    </message>
</context>
<context>
    <name>ui::MergeView</name>
    <message>
        <source>Previous conflict (F7)</source>
        <translation>上一处冲突（F7）</translation>
    </message>
    <message>
        <source>Next conflict (F8)</source>
        <translation>下一处冲突（F8）</translation>
    </message>
    <message>
        <source>Use mine</source>
        <translation>用我的</translation>
    </message>
    <message>
        <source>Use theirs</source>
        <translation>用对方的</translation>
    </message>
    <message>
        <source>Mine, then theirs</source>
        <translation>先我的，后对方的</translation>
    </message>
    <message>
        <source>Theirs, then mine</source>
        <translation>先对方的，后我的</translation>
    </message>
    <message>
        <source>As it was before</source>
        <translation>更改之前</translation>
    </message>
    <message>
        <source>Result, edit freely</source>
        <translation>结果，可自由编辑</translation>
    </message>
    <message>
        <source>Result of the merge</source>
        <translation>合并结果</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>没有冲突</translation>
    </message>
    <message numerus="yes">
        <source>Conflict %1 of %2 · %n to settle</source>
        <extracomment>which conflict of how many, and how many are not settled</extracomment>
        <translation>
            <numerusform>冲突 %1 / %2 · 待解决 %n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to settle</source>
        <comment>conflicts</comment>
        <translation>
            <numerusform>%n 处待解决</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n secret(s)</source>
        <translation>
            <numerusform>显示 %n 个机密</numerusform>
        </translation>
    </message>
    <message>
        <source>Take all of mine</source>
        <translation>全部用我的</translation>
    </message>
    <message>
        <source>Take all of theirs</source>
        <translation>全部用对方的</translation>
    </message>
    <message>
        <source>For every conflict but those edited by hand</source>
        <translation>用于所有冲突，手动编辑过的除外</translation>
    </message>
    <message>
        <source>Merging …</source>
        <translation>正在合并…</translation>
    </message>
</context>
<context>
    <name>ui::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>further messages</comment>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next message</source>
        <translation>显示下一条消息</translation>
    </message>
</context>
<context>
    <name>ui::Prompts</name>
    <message>
        <source>Save the changes to %1?</source>
        <translation>保存对 %1 的更改？</translation>
    </message>
    <message>
        <source>They are lost if you discard them.</source>
        <translation>放弃后将丢失。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>ui::RecordDelegate</name>
    <message>
        <source>%1: %2</source>
        <comment>a column that is not shown, and what it holds</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Found in %1</source>
        <translation>匹配于 %1</translation>
    </message>
</context>
<context>
    <name>ui::RelativeTime</name>
    <message>
        <source>in %1 s</source>
        <extracomment>A time span from now; %1 is a number of seconds</extracomment>
        <translation>%1 秒后</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>%1 分钟后</translation>
    </message>
    <message>
        <source>in %1 h</source>
        <translation>%1 小时后</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <comment>a duration</comment>
        <translation>&lt; 1 毫秒</translation>
    </message>
</context>
<context>
    <name>ui::RowActions</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>ui::SizeText</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>ui::StatePage</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::TableView</name>
    <message>
        <source>Sort by</source>
        <translation>排序依据</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>%1 (no room)</source>
        <comment>a column</comment>
        <translation>%1（宽度不足）</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
    </message>
    <message>
        <source>Nothing fits the filter; Esc clears it.</source>
        <translation>没有符合筛选的行；按 Esc 清除筛选。</translation>
    </message>
    <message>
        <source>The regular expression is not complete or not right: %1</source>
        <translation>正则表达式不完整或有误：%1</translation>
    </message>
</context>
<context>
    <name>ui::config::AttributesPanel</name>
    <message>
        <source>up to five, with commas between them</source>
        <translation>最多五个，用逗号分隔</translation>
    </message>
    <message>
        <source>Created %1</source>
        <translation>创建于 %1</translation>
    </message>
    <message>
        <source>Changed %1</source>
        <translation>更改于 %1</translation>
    </message>
    <message>
        <source>Encrypted with a data key; it stays with the content.</source>
        <translation>使用数据密钥加密；密钥与内容一起保留。</translation>
    </message>
    <message>
        <source>A&amp;pp</source>
        <translation>应用(&amp;P)</translation>
    </message>
    <message>
        <source>Tag&amp;s</source>
        <translation>标签(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>描述(&amp;D)</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>用途(&amp;U)</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Sche&amp;ma</source>
        <translation>Schema(&amp;M)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>The JSON Schema of the content, kept with it on the server</source>
        <translation>内容的 JSON Schema，与内容一起保存在服务器上</translation>
    </message>
    <message>
        <source>This server does not tell use, effect and schema. A publish writes them as they stand here: what is empty is cleared.</source>
        <translation>此服务器不返回用途、影响和 schema。发布时按此处所写的写入：为空的将被清除。</translation>
    </message>
    <message>
        <source>This server does not tell use, effect and schema: these were published from this computer. A publish writes them as they stand here.</source>
        <translation>此服务器不返回用途、影响和 schema：这里显示的是从本机发布的。发布时按此处所写的写入。</translation>
    </message>
    <message>
        <source>none</source>
        <comment>of a schema</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>This server does not tell use, effect and schema: these are from its history. A publish writes them as they stand here.</source>
        <translation>此服务器不返回用途、影响和 schema：这里显示的来自其历史记录。发布时按此处所写的写入。</translation>
    </message>
</context>
<context>
    <name>ui::config::Commands</name>
    <message>
        <source>&amp;New config…</source>
        <translation>新建配置(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open in a new &amp;window</source>
        <translation>在新窗口中打开(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation>复制名称(&amp;N)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Publish…</source>
        <translation>发布(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Save draft</source>
        <translation>保存草稿(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Compare with the server</source>
        <translation>与服务器比较(&amp;C)</translation>
    </message>
    <message>
        <source>Show &amp;history</source>
        <translation>显示历史(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Go to line…</source>
        <translation>转到行(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Hide the secrets again</source>
        <translation>重新隐藏机密值(&amp;H)</translation>
    </message>
    <message>
        <source>Configs</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Open the configs first.</source>
        <translation>请先打开配置列表。</translation>
    </message>
    <message>
        <source>Select a config first.</source>
        <translation>请先选择一个配置。</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Open a config first.</source>
        <translation>请先打开一个配置。</translation>
    </message>
    <message>
        <source>Nothing selected has a local override.</source>
        <translation>所选项都没有本地覆盖。</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>This content cannot be edited as text.</source>
        <translation>此内容不能作为文本编辑。</translation>
    </message>
    <message>
        <source>There is no local override.</source>
        <translation>没有本地覆盖。</translation>
    </message>
    <message>
        <source>%1 code that reads %2 and listens to it is on the clipboard.</source>
        <translation>读取并监听 %2 的 %1 代码已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Copy as %1 code</source>
        <translation>复制为 %1 代码</translation>
    </message>
    <message>
        <source>A whole program with the registry&apos;s SDK; no secret is in it</source>
        <translation>使用注册中心 SDK 的完整程序；其中不含机密</translation>
    </message>
    <message>
        <source>Select one config first.</source>
        <translation>请先选择一个配置。</translation>
    </message>
    <message>
        <source>Dupl&amp;icate…</source>
        <translation>复制为新配置(&amp;I)…</translation>
    </message>
    <message>
        <source>Di&amp;scard draft</source>
        <translation>放弃草稿(&amp;S)</translation>
    </message>
    <message>
        <source>Validate</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>For&amp;mat</source>
        <translation>格式(&amp;M)</translation>
    </message>
    <message>
        <source>Show l&amp;isteners</source>
        <translation>显示监听者(&amp;I)</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>替换(&amp;E)…</translation>
    </message>
    <message>
        <source>Propose keys and values</source>
        <translation>提示键和值</translation>
    </message>
    <message>
        <source>Show the ne&amp;xt hidden secret</source>
        <translation>显示下一个隐藏的机密值(&amp;X)</translation>
    </message>
    <message>
        <source>Sho&amp;w all hidden secrets</source>
        <translation>显示所有隐藏的机密值(&amp;W)</translation>
    </message>
    <message>
        <source>O&amp;verride on this computer…</source>
        <translation>在本机覆盖(&amp;V)…</translation>
    </message>
    <message>
        <source>Ta&amp;ke off the local override</source>
        <translation>取消本地覆盖(&amp;K)</translation>
    </message>
    <message>
        <source>Co&amp;nfigs</source>
        <translation>配置(&amp;N)</translation>
    </message>
    <message>
        <source>Hi&amp;dden secrets</source>
        <translation>隐藏的机密值(&amp;D)</translation>
    </message>
</context>
<context>
    <name>ui::config::ComparePage</name>
    <message>
        <source>Swap both sides</source>
        <translation>交换两侧</translation>
    </message>
    <message>
        <source>Left side</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>Right side</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare %1</source>
        <translation>比较 %1</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 与 %2</translation>
    </message>
    <message>
        <source>no differences</source>
        <translation>没有差异</translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n 处差异</numerusform>
        </translation>
    </message>
    <message>
        <source>This names no config</source>
        <translation>这不是配置的名称</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>earlier version</source>
        <translation>较早版本</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>Choose two configs to compare.</source>
        <translation>请选择两个要比较的配置。</translation>
    </message>
    <message>
        <source>They may be in different connections or namespaces.</source>
        <translation>它们可以位于不同的连接或命名空间。</translation>
    </message>
    <message>
        <source>Cannot read %1</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>两侧</translation>
    </message>
    <message>
        <source>local override</source>
        <translation>本地覆盖</translation>
    </message>
    <message>
        <source>Data ID, group/data ID, or a pasted link</source>
        <translation>Data ID、分组/Data ID，或粘贴的链接</translation>
    </message>
    <message>
        <source>Where the left side is</source>
        <translation>左侧所在的位置</translation>
    </message>
    <message>
        <source>Where the right side is</source>
        <translation>右侧所在的位置</translation>
    </message>
    <message>
        <source>Choose a place</source>
        <translation>选择位置</translation>
    </message>
</context>
<context>
    <name>ui::config::ConfigDetailPanel</name>
    <message>
        <source>Details of the selected config</source>
        <translation>所选配置的详情</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>Last changes</source>
        <translation>最近更改</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Beginning of the content</source>
        <translation>内容开头</translation>
    </message>
    <message>
        <source>Not text: %1 of binary content.</source>
        <translation>不是文本：%1 二进制内容。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 of %2 have it</source>
        <translation>%1 / %2 已收到</translation>
    </message>
    <message>
        <source>has the newest content</source>
        <translation>持有最新内容</translation>
    </message>
    <message>
        <source>has another content</source>
        <translation>持有其他内容</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>见到</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>No history</source>
        <translation>没有历史</translation>
    </message>
    <message>
        <source>Open the history</source>
        <translation>打开历史</translation>
    </message>
    <message>
        <source>local override</source>
        <translation>本地覆盖</translation>
    </message>
    <message>
        <source>This computer reads its own content instead of the server&apos;s.</source>
        <translation>本机读取自己的内容，而不是服务器上的内容。</translation>
    </message>
    <message>
        <source>Content, seen %1</source>
        <translation>内容（%1看到）</translation>
    </message>
    <message>
        <source>Select a config to see what it holds, who listens and what changed.</source>
        <translation>选择一个配置，查看其内容、监听者和变更。</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>MD5</source>
        <translation>MD5</translation>
    </message>
    <message>
        <source>Encrypted by the clients&apos; plug-in; shown as it is stored.</source>
        <translation>由客户端插件加密；按存储的原样显示。</translation>
    </message>
    <message>
        <source>as of %1</source>
        <comment>a time of day; whose listeners cannot be asked now</comment>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>The server is out of reach: nobody can be asked now.</source>
        <translation>无法连接服务器：现在无从询问。</translation>
    </message>
    <message>
        <source>cannot be asked now</source>
        <translation>现在无从询问</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>the server tells addresses only: what each program there has is not known</source>
        <translation>服务器只告知地址：无从得知该处每个程序拥有的版本</translation>
    </message>
</context>
<context>
    <name>ui::config::ConfigLookup</name>
    <message>
        <source>Configs</source>
        <translation>配置</translation>
    </message>
</context>
<context>
    <name>ui::config::ConfigsPage</name>
    <message>
        <source>local override</source>
        <translation>本地覆盖</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>Configurations</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Filter: text, group:, type:yaml, tag:, /regex/ …</source>
        <translation>筛选：文本、group:、type:yaml、tag:、/正则/ …</translation>
    </message>
    <message>
        <source>New config</source>
        <translation>新建配置</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Configs</source>
        <translation>配置</translation>
    </message>
    <message numerus="yes">
        <source>%n config(s)</source>
        <translation>
            <numerusform>%n 个配置</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>没有打开的连接。</translation>
    </message>
    <message>
        <source>Choose one at the top left.</source>
        <translation>请在左上角选择。</translation>
    </message>
    <message>
        <source>configurations</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>There are no configurations in this namespace.</source>
        <translation>此命名空间中没有配置。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cannot load the configurations</source>
        <translation>无法加载配置</translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>已加载 %1</translation>
    </message>
    <message>
        <source>from the mirror</source>
        <translation>来自本地镜像</translation>
    </message>
    <message>
        <source>live</source>
        <translation>线上</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选择 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n configs…</source>
        <translation>
            <numerusform>删除 %n 个配置…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>创建副本…</translation>
    </message>
    <message>
        <source>Take off the override</source>
        <translation>取消覆盖</translation>
    </message>
    <message>
        <source>Reads what the server has again, instead of this computer&apos;s own content</source>
        <translation>重新读取服务器上的内容，而不是本机自己的内容</translation>
    </message>
    <message>
        <source>Copy as code</source>
        <translation>复制为代码</translation>
    </message>
    <message>
        <source>Data ID</source>
        <translation>Data ID</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>修改者</translation>
    </message>
    <message>
        <source>MD5</source>
        <translation>MD5</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Not live: the server does not tell of changes</source>
        <translation>非实时：服务器不会通知更改</translation>
    </message>
    <message>
        <source>not live</source>
        <translation>非实时</translation>
    </message>
    <message>
        <source>Applications that are told of changes; counted for the rows on the screen</source>
        <translation>会收到更改通知的应用；只统计屏幕上的行</translation>
    </message>
    <message>
        <source>Not complete: configurations came and went while the list was read. It is read again soon.</source>
        <translation>不完整：读取列表期间有配置新增或删除。稍后会重新读取。</translation>
    </message>
    <message>
        <source>There is too much in this namespace for the server to tell what is new. Changes and deletions are shown at once, new configurations within two minutes.</source>
        <translation>此命名空间内容过多，服务器不会通知新增的配置。更改和删除会立即显示，新增的配置会在两分钟内显示。</translation>
    </message>
    <message>
        <source>There is too much in this namespace for the server to tell what changes. Only the rows in view are kept up to date; reload for the others.</source>
        <translation>此命名空间内容过多，服务器不会通知其中的更改。只有可见的行会保持最新；其余的请重新加载。</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>rows in view live</source>
        <translation>可见行实时</translation>
    </message>
</context>
<context>
    <name>ui::config::DraftsPage</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What you typed and have not published.</source>
        <translation>您输入但尚未发布的内容。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Cannot read the drafts</source>
        <translation>无法读取草稿</translation>
    </message>
    <message>
        <source>There are no drafts.</source>
        <translation>没有草稿。</translation>
    </message>
    <message>
        <source>Whatever you type in an editor is kept here until you publish it.</source>
        <translation>您在编辑器中输入的内容都会保留在这里，直到发布。</translation>
    </message>
    <message numerus="yes">
        <source>Discard %n draft(s)?</source>
        <translation>
            <numerusform>放弃 %n 份草稿？</numerusform>
        </translation>
    </message>
    <message>
        <source>What was typed is gone; the server is not touched.</source>
        <translation>输入的内容将丢失；服务器不受影响。</translation>
    </message>
    <message numerus="yes">
        <source>Discard %n draft(s)</source>
        <translation>
            <numerusform>放弃 %n 份草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>local override</source>
        <translation>本地覆盖</translation>
    </message>
</context>
<context>
    <name>ui::config::EditorPage</name>
    <message>
        <source>The draft could not be saved; keep this tab open</source>
        <translation>草稿无法保存；请保持此标签页打开</translation>
    </message>
    <message>
        <source>Show listeners</source>
        <translation>显示监听者</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>第 %1 行，第 %2 列</translation>
    </message>
    <message>
        <source>Encrypted by the clients&apos; plug-in: shown as it is stored, it cannot be edited as text.</source>
        <translation>由客户端插件加密：按存储的样子显示，不能作为文本编辑。</translation>
    </message>
    <message>
        <source>This config does not exist on the server. Publishing creates it.</source>
        <translation>服务器上没有此配置。发布即创建。</translation>
    </message>
    <message>
        <source>Cannot open %1</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>No problems found</source>
        <translation>未发现问题</translation>
    </message>
    <message>
        <source>Changed on the server; you see the new version.</source>
        <translation>服务器上已更改；现在显示新版本。</translation>
    </message>
    <message>
        <source>Changed on the server by %1; you see the new version.</source>
        <translation>%1 在服务器上做了更改；现在显示新版本。</translation>
    </message>
    <message>
        <source>Deleted on the server.</source>
        <translation>服务器上已删除。</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Changed on the server %1.</source>
        <translation>服务器上已更改，%1。</translation>
    </message>
    <message>
        <source>Changed on the server by %1, %2.</source>
        <translation>%1 在服务器上做了更改，%2。</translation>
    </message>
    <message>
        <source>Show difference</source>
        <translation>显示差异</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Not loaded yet.</source>
        <translation>尚未加载。</translation>
    </message>
    <message>
        <source>This content cannot be edited as text.</source>
        <translation>此内容不能作为文本编辑。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有更改任何内容。</translation>
    </message>
    <message>
        <source>The server takes no empty content.</source>
        <translation>服务器不接受空内容。</translation>
    </message>
    <message>
        <source>Cannot publish</source>
        <translation>无法发布</translation>
    </message>
    <message>
        <source>Cannot format</source>
        <translation>无法格式化</translation>
    </message>
    <message>
        <source>Cannot read this version</source>
        <translation>无法读取此版本</translation>
    </message>
    <message>
        <source>Cannot read the live version</source>
        <translation>无法读取线上版本</translation>
    </message>
    <message>
        <source>Cannot restore</source>
        <translation>无法恢复</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>服务器上</translation>
    </message>
    <message>
        <source>on the server, by %1</source>
        <translation>服务器上，由 %1 更改</translation>
    </message>
    <message>
        <source>Everything is settled.</source>
        <translation>全部已解决。</translation>
    </message>
    <message>
        <source>Back to my text</source>
        <translation>返回我的文本</translation>
    </message>
    <message>
        <source>Use this result</source>
        <translation>使用此结果</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Validate</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>发布…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Format of the content; part of the publish</source>
        <translation>内容的格式；随发布一起提交</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>UTF-8 with BOM</source>
        <translation>UTF-8（带 BOM）</translation>
    </message>
    <message>
        <source>not UTF-8</source>
        <translation>非 UTF-8</translation>
    </message>
    <message>
        <source>mixed line ends</source>
        <translation>混合换行符</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s)</source>
        <translation>
            <numerusform>%n 个监听者</numerusform>
        </translation>
    </message>
    <message>
        <source>changed %1</source>
        <translation>%1更改</translation>
    </message>
    <message>
        <source>changed %1 by %2</source>
        <translation>%2 于%1更改</translation>
    </message>
    <message numerus="yes">
        <source>%n secret(s) hidden</source>
        <translation>
            <numerusform>已隐藏 %n 个机密</numerusform>
        </translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>draft saved %1</source>
        <translation>草稿保存于 %1</translation>
    </message>
    <message>
        <source>With what the server has now</source>
        <translation>与服务器当前内容</translation>
    </message>
    <message>
        <source>With an earlier version…</source>
        <translation>与较早的版本…</translation>
    </message>
    <message>
        <source>With the one in %1</source>
        <translation>与 %1 中的同名配置</translation>
    </message>
    <message>
        <source>With another config…</source>
        <translation>与另一个配置…</translation>
    </message>
    <message>
        <source>It has a local override already.</source>
        <translation>已有本地覆盖。</translation>
    </message>
    <message>
        <source>The local override could not be saved</source>
        <translation>无法保存本地覆盖</translation>
    </message>
    <message>
        <source>The local override is saved.</source>
        <translation>本地覆盖已保存。</translation>
    </message>
    <message>
        <source>This computer reads this text instead of the server&apos;s.</source>
        <translation>本机读取这段文本，而不是服务器上的。</translation>
    </message>
    <message>
        <source>Compare with the server</source>
        <translation>与服务器比较</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>取消覆盖</translation>
    </message>
    <message>
        <source>Another program changed the local override; you see the new one.</source>
        <translation>另一个程序修改了本地覆盖；现在显示的是新内容。</translation>
    </message>
    <message>
        <source>Another program changed the local override %1.</source>
        <translation>另一个程序%1修改了本地覆盖。</translation>
    </message>
    <message>
        <source>Compare with the server, an earlier version, or another place</source>
        <translation>与服务器、较早版本或其他位置比较</translation>
    </message>
    <message>
        <source>local override</source>
        <translation>本地覆盖</translation>
    </message>
    <message>
        <source>This computer reads its own content instead of the server&apos;s.</source>
        <translation>本机读取自己的内容，而不是服务器上的内容。</translation>
    </message>
    <message>
        <source>Shows the next one</source>
        <translation>显示下一个</translation>
    </message>
    <message>
        <source>Save the override</source>
        <translation>保存覆盖</translation>
    </message>
    <message>
        <source>Keeps the text on this computer; the server is not touched</source>
        <translation>文本只保存在本机，不改动服务器</translation>
    </message>
    <message>
        <source>Shows the difference, then writes to the server (Ctrl+Return)</source>
        <translation>先显示差异，再写入服务器（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Cannot read what the server has now</source>
        <translation>无法读取服务器上的当前内容</translation>
    </message>
    <message>
        <source>Not live: the server does not tell of changes</source>
        <translation>非实时：服务器不会通知更改</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Details taken over from the server: %1.</source>
        <translation>从服务器接受的详情：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Details both changed, yours are kept: %1.</source>
        <translation>双方都改动的详情，保留您的：%1。</translation>
    </message>
    <message>
        <source>There may be a draft that cannot be read</source>
        <translation>可能存在无法读取的草稿</translation>
    </message>
    <message numerus="yes">
        <source>It has arrived at all %n listener(s).</source>
        <translation>
            <numerusform>已送达全部 %n 个监听者。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After 30 s it has arrived at %1 of %n listener(s).</source>
        <translation>
            <numerusform>30 秒后已送达 %n 个监听者中的 %1 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>in the draft</source>
        <translation>草稿中</translation>
    </message>
    <message>
        <source>The draft that could not be read is there again; you have typed something else since.</source>
        <translation>之前无法读取的草稿现在可以读取了；其间您已输入了其他内容。</translation>
    </message>
    <message>
        <source>The draft could not be removed</source>
        <translation>无法删除草稿</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) to settle.</source>
        <translation>
            <numerusform>还有 %n 处冲突待处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>Formatting …</source>
        <translation>正在格式化…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Not formatted: the text was changed meanwhile.</source>
        <translation>未格式化：文本在此期间已被修改。</translation>
    </message>
    <message>
        <source>Formatted, it has %1 characters; a server takes %2. It cannot be published like this.</source>
        <translation>格式化后有 %1 个字符，服务器最多接受 %2 个，这样无法发布。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 could not be copied</source>
        <translation>无法复制 %1</translation>
    </message>
    <message>
        <source>%1 is encrypted. The data ID of a copy must begin with cipher- as well, or no client could read it. Nothing was copied.</source>
        <translation>%1 已加密。副本的 Data ID 也必须以 cipher- 开头，否则没有客户端能读取它。未复制任何内容。</translation>
    </message>
    <message>
        <source>This account may not read app, tags and description of %1: the copy begins without them.</source>
        <translation>此账号无权读取 %1 的应用、标签和描述：副本开始时没有这些内容。</translation>
    </message>
    <message numerus="yes">
        <source>The text has %n error(s). Line %1, column %2: %3</source>
        <translation>
            <numerusform>文本有 %n 个错误。第 %1 行第 %2 列：%3</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody listens</source>
        <translation>无人监听</translation>
    </message>
    <message>
        <source>%1, as of %2</source>
        <extracomment>%1 is &quot;3 listeners&quot;, %2 a time of day</extracomment>
        <translation>%1（%2 时）</translation>
    </message>
    <message>
        <source>The server is out of reach: nobody can be asked now.</source>
        <translation>无法连接服务器：现在无从询问。</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>正在载入…</translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) at %1; who listens now is not known.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>
            <numerusform>%1 时有 %n 个监听者；现在有谁在监听尚不清楚。</numerusform>
        </translation>
    </message>
    <message>
        <source>The attribute on the server…</source>
        <translation>服务器上的属性…</translation>
    </message>
    <message>
        <source>On this computer only: from a file…</source>
        <translation>仅在本机：取自文件…</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>JSON Schema (*.json)</source>
        <translation>JSON Schema (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>On this computer only: from another config…</source>
        <translation>仅在本机：取自另一配置…</translation>
    </message>
    <message>
        <source>Back to the attribute</source>
        <translation>恢复使用属性</translation>
    </message>
    <message>
        <source>Schema from another config</source>
        <translation>取自另一配置的 schema</translation>
    </message>
    <message>
        <source>Data ID, group/data ID or address, of the same connection</source>
        <translation>同一连接中的 Data ID、分组/Data ID 或地址</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>There can be no config of this name.</source>
        <translation>不可能有这个名称的配置。</translation>
    </message>
    <message>
        <source>That is another connection.</source>
        <translation>那是另一个连接。</translation>
    </message>
    <message>
        <source>%1 (on this computer)</source>
        <translation>%1（仅在本机）</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必需</translation>
    </message>
    <message>
        <source>deprecated</source>
        <translation>已弃用</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>默认：%1</translation>
    </message>
    <message>
        <source>one of: %1</source>
        <translation>可取：%1</translation>
    </message>
    <message>
        <source>The schema named here is not fetched. One can be chosen under Details.</source>
        <translation>不会获取此处指名的 schema。可在“详情”中选择一个。</translation>
    </message>
    <message>
        <source>There is no schema to propose anything. Give one under Details.</source>
        <translation>没有 schema，无法提示。请在“详情”中指定一个。</translation>
    </message>
    <message>
        <source>Nothing is proposed in texts over 1 MiB.</source>
        <translation>超过 1 MiB 的文本不作提示。</translation>
    </message>
    <message>
        <source>The schema proposes nothing here.</source>
        <translation>schema 在此处没有可提示的内容。</translation>
    </message>
    <message>
        <source>Nothing is proposed in TOML.</source>
        <translation>TOML 中不提供提示。</translation>
    </message>
    <message>
        <source>listeners: cannot be told</source>
        <translation>监听者：无法判断</translation>
    </message>
    <message>
        <source>on top of md5 %1</source>
        <translation>基于 md5 %1</translation>
    </message>
    <message>
        <source>The file of the drafts was damaged: your text is kept, what you began with is lost. Compare it with what the server has now.</source>
        <translation>草稿文件曾损坏：您的文本已保留，但编辑时所依据的原内容已丢失。请与服务器上的当前内容进行比较。</translation>
    </message>
    <message>
        <source>mine, as merged so far</source>
        <translation>我的（合并至今的结果）</translation>
    </message>
    <message>
        <source>Give up the result of this merge?</source>
        <translation>放弃这次合并的结果？</translation>
    </message>
    <message>
        <source>What you chose and typed in it is lost. Your text as it was before the merge stays.</source>
        <translation>您在其中选择和输入的内容将会丢失。合并之前您的文本保持不变。</translation>
    </message>
    <message>
        <source>Give up the result</source>
        <translation>放弃结果</translation>
    </message>
    <message>
        <source>Use the result of the merge, or go back to your text, first.</source>
        <translation>请先采用合并结果，或返回您的文本。</translation>
    </message>
</context>
<context>
    <name>ui::config::Feature</name>
    <message>
        <source>Configs</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>SDK folders</source>
        <translation>SDK 目录</translation>
    </message>
</context>
<context>
    <name>ui::config::HistoryPanel</name>
    <message>
        <source>created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>见到</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>%1 · live now</source>
        <translation>%1 · 当前线上</translation>
    </message>
    <message>
        <source>By</source>
        <translation>更改人</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>MD5</source>
        <translation>MD5</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Known from</source>
        <translation>得知来源</translation>
    </message>
    <message>
        <source>server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>本地镜像</translation>
    </message>
    <message>
        <source>Compare with live</source>
        <translation>与线上比较</translation>
    </message>
    <message>
        <source>Restore this version…</source>
        <translation>恢复此版本…</translation>
    </message>
    <message>
        <source>Select two versions to compare them.</source>
        <translation>选择两个版本进行比较。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>history</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Cannot load the history</source>
        <translation>无法加载历史</translation>
    </message>
    <message>
        <source>Nothing is known about earlier versions.</source>
        <translation>没有更早版本的信息。</translation>
    </message>
    <message>
        <source>Compare these two</source>
        <translation>比较这两个版本</translation>
    </message>
    <message>
        <source>This version is the live one.</source>
        <translation>此版本就是线上版本。</translation>
    </message>
    <message>
        <source>back to the version of %1</source>
        <extracomment>the content is that of an earlier version again; %1 is a time</extracomment>
        <translation>回到 %1 的版本</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::config::ListenedPage</name>
    <message>
        <source>Data ID</source>
        <translation>Data ID</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Has MD5</source>
        <translation>所持 MD5</translation>
    </message>
    <message>
        <source>IP address of a client, for example 10.0.3.17</source>
        <translation>客户端的 IP 地址，例如 10.0.3.17</translation>
    </message>
    <message>
        <source>IP address of a client</source>
        <translation>客户端的 IP 地址</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>What this client listens to</source>
        <translation>此客户端监听的内容</translation>
    </message>
    <message>
        <source>See what one client listens to, and which content it has.</source>
        <translation>查看某个客户端监听了什么，以及它持有的内容。</translation>
    </message>
    <message>
        <source>Cannot load what %1 listens to</source>
        <translation>无法加载 %1 的监听内容</translation>
    </message>
    <message>
        <source>%1 listens to nothing in this namespace.</source>
        <translation>%1 在此命名空间中没有监听任何配置。</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
</context>
<context>
    <name>ui::config::ListenersPanel</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Has it</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>MD5</source>
        <translation>MD5</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Listeners that have the new content</source>
        <translation>已收到新内容的监听者</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>Cannot load the listeners</source>
        <translation>无法加载监听者</translation>
    </message>
    <message>
        <source>Listeners are the clients that are told of changes.</source>
        <translation>监听者是会收到更改通知的客户端。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n listener(s) have it</source>
        <translation>
            <numerusform>%n 个监听者中有 %1 个已收到</numerusform>
        </translation>
    </message>
    <message>
        <source>No application is listening.</source>
        <translation>没有应用在监听。</translation>
    </message>
    <message>
        <source>this console</source>
        <translation>本控制台</translation>
    </message>
    <message>
        <source>another Signalbox</source>
        <translation>另一个 Signalbox</translation>
    </message>
    <message>
        <source>Had it</source>
        <translation>当时已收到</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n listener(s) had it at %2.</source>
        <translation>
            <numerusform>%2 时 %n 个监听者中有 %1 个已收到。</numerusform>
        </translation>
    </message>
    <message>
        <source>No application listened at %1.</source>
        <translation>%1 时没有应用在监听。</translation>
    </message>
    <message>
        <source>The server is out of reach: nobody can be asked now.</source>
        <translation>无法连接服务器：现在无从询问。</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Whether an application listened at %1 could not be told.</source>
        <translation>%1 时无法判断是否有应用在监听。</translation>
    </message>
    <message>
        <source>%1. Applications at the address of a console cannot be told apart from it.</source>
        <extracomment>%1 is &quot;2 of 3 listeners have it&quot;</extracomment>
        <translation>%1。与控制台共用地址的应用无法与之区分。</translation>
    </message>
    <message>
        <source>Whether an application listens cannot be told: it would share the address of a console.</source>
        <translation>无法判断是否有应用在监听：它会与某个控制台共用同一地址。</translation>
    </message>
    <message>
        <source>this console, perhaps others</source>
        <translation>本控制台，可能还有其他程序</translation>
    </message>
    <message>
        <source>this console, perhaps %1</source>
        <translation>本控制台，可能还有 %1</translation>
    </message>
    <message>
        <source>another Signalbox, perhaps others</source>
        <translation>另一个 Signalbox，可能还有其他程序</translation>
    </message>
    <message>
        <source>another Signalbox, perhaps %1</source>
        <translation>另一个 Signalbox，可能还有 %1</translation>
    </message>
</context>
<context>
    <name>ui::config::LocalFoldersPage</name>
    <message>
        <source>failover</source>
        <translation>容灾文件</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>仅本地有</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Data ID</source>
        <translation>Data ID</translation>
    </message>
    <message>
        <source>Against the server</source>
        <translation>与服务器相比</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>MD5</source>
        <translation>MD5</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>SDK</source>
        <translation>SDK</translation>
    </message>
    <message>
        <source>Folder of an SDK</source>
        <translation>SDK 的目录</translation>
    </message>
    <message>
        <source>Folder an SDK keeps its files in, for example ~/nacos</source>
        <translation>SDK 存放文件的目录，例如 ~/nacos</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Files of the SDKs</source>
        <translation>SDK 的文件</translation>
    </message>
    <message>
        <source>Open the config</source>
        <translation>打开配置</translation>
    </message>
    <message>
        <source>Opens what the server has in an editor</source>
        <translation>在编辑器中打开服务器上的内容</translation>
    </message>
    <message>
        <source>See what the SDKs on this computer keep, and whether the server has the same.</source>
        <translation>查看本机 SDK 保存的内容，以及是否与服务器一致。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择目录…</translation>
    </message>
    <message>
        <source>Snapshots are what a client got last; failover files are used instead of the server.</source>
        <translation>快照是客户端最后取得的内容；容灾文件会代替服务器内容被使用。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>No SDK keeps anything in this folder.</source>
        <translation>此目录中没有 SDK 的文件。</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他目录…</translation>
    </message>
    <message>
        <source>Cannot read the folder</source>
        <translation>无法读取目录</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out.</source>
        <translation>
            <numerusform>略过了 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>没有打开的连接。</translation>
    </message>
    <message>
        <source>%1 same</source>
        <translation>%1 个相同</translation>
    </message>
    <message>
        <source>%1 differ</source>
        <translation>%1 个不同</translation>
    </message>
    <message>
        <source>%1 only here</source>
        <translation>%1 个仅本地有</translation>
    </message>
    <message>
        <source>%1 not known</source>
        <translation>%1 个未知</translation>
    </message>
    <message>
        <source>Choose a file to see it beside what the server has.</source>
        <translation>选择一个文件，与服务器上的内容并排查看。</translation>
    </message>
    <message>
        <source>Cannot read the file</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>Cannot read what the server has</source>
        <translation>无法读取服务器上的内容</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>无连接</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>SDK folders</source>
        <translation>SDK 目录</translation>
    </message>
</context>
<context>
    <name>ui::config::NamespaceContents</name>
    <message>
        <source>Listing what is in %1 …</source>
        <translation>正在列出 %1 中的内容…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cannot do this</source>
        <translation>无法执行此操作</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>Configs in this namespace</source>
        <translation>此命名空间中的配置</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete this &amp;config, too</source>
        <translation>同时删除此配置(&amp;C)</translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n &amp;configs, too</source>
        <translation>
            <numerusform>同时删除这 %n 个配置(&amp;C)</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete namespace %1</source>
        <translation>删除命名空间 %1</translation>
    </message>
    <message numerus="yes">
        <source>Delete namespace and %n config(s)</source>
        <translation>
            <numerusform>删除命名空间和 %n 个配置</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete this namespace</source>
        <translation>删除此命名空间</translation>
    </message>
    <message numerus="yes">
        <source>Namespace %1 is deleted, with %n config(s).</source>
        <translation>
            <numerusform>命名空间 %1 已删除，连同 %n 个配置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Namespace %1 is deleted.</source>
        <translation>命名空间 %1 已删除。</translation>
    </message>
    <message>
        <source>What is in it is not known</source>
        <translation>不知道其中有什么</translation>
    </message>
    <message>
        <source>No config is in it.</source>
        <translation>其中没有配置。</translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) are in it. They stay on the server, can be read by this ID, and are listed again when the namespace is created again.</source>
        <translation>
            <numerusform>其中有 %n 个配置。它们会留在服务器上，仍可凭此 ID 读取；重新创建该命名空间后会再次列出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Services registered in it are not counted here.</source>
        <translation>注册在其中的服务未计算在内。</translation>
    </message>
    <message>
        <source>Undo creates the namespace and its configs again. A quota, rights given on it, and when and by whom it all was first made are not brought back.</source>
        <translation>撤销会重新创建该命名空间及其配置；配额、授予它的权限，以及最初由谁在何时创建不会恢复。</translation>
    </message>
    <message>
        <source>Undo creates it again with its ID, name and description. A quota and rights given on it are not brought back.</source>
        <translation>撤销会以原来的 ID、名称和说明重新创建它；配额以及授予它的权限不会恢复。</translation>
    </message>
    <message>
        <source>One moment: what goes is being read.</source>
        <translation>请稍候：正在读取要删除的内容。</translation>
    </message>
    <message>
        <source>Cannot read what is to be deleted</source>
        <translation>无法读取要删除的内容</translation>
    </message>
    <message>
        <source>Reading what goes: %1</source>
        <translation>正在读取要删除的内容：%1</translation>
    </message>
</context>
<context>
    <name>ui::config::NamespaceDialog</name>
    <message>
        <source>Edit namespace</source>
        <translation>编辑命名空间</translation>
    </message>
    <message>
        <source>New namespace</source>
        <translation>新建命名空间</translation>
    </message>
    <message>
        <source>&amp;ID</source>
        <translation>ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>描述(&amp;D)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>The ID takes letters, digits, - and _.</source>
        <translation>ID 只能使用字母、数字、- 和 _。</translation>
    </message>
    <message>
        <source>The name must not contain @ # $ % ^ &amp; or *.</source>
        <translation>名称不能包含 @ # $ % ^ &amp; 或 *。</translation>
    </message>
</context>
<context>
    <name>ui::config::NamespacesPage</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Configs</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Show this namespace&apos;s configs</source>
        <translation>显示此命名空间的配置</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Type an ID…</source>
        <translation>输入 ID…</translation>
    </message>
    <message>
        <source>For an account that may not list the namespaces</source>
        <translation>适用于无权列出命名空间的账号</translation>
    </message>
    <message>
        <source>New namespace</source>
        <translation>新建命名空间</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>没有打开的连接。</translation>
    </message>
    <message>
        <source>Choose one at the top left.</source>
        <translation>请在左上角选择。</translation>
    </message>
    <message>
        <source>namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>This account may not list the namespaces.</source>
        <translation>此账号无权列出命名空间。</translation>
    </message>
    <message>
        <source>A typed ID is remembered with the connection.</source>
        <translation>输入的 ID 会随连接一起记住。</translation>
    </message>
    <message>
        <source>Cannot load the namespaces</source>
        <translation>无法加载命名空间</translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n 个命名空间</numerusform>
        </translation>
    </message>
    <message>
        <source>The built-in namespace stays.</source>
        <translation>内置命名空间不能删除。</translation>
    </message>
    <message>
        <source>Cannot do this</source>
        <translation>无法执行</translation>
    </message>
    <message>
        <source>Create namespace %1</source>
        <translation>创建命名空间 %1</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Change namespace %1</source>
        <translation>更改命名空间 %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Namespace ID</source>
        <translation>命名空间 ID</translation>
    </message>
    <message>
        <source>ID of a namespace you may use</source>
        <translation>您可使用的命名空间 ID</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Letters, digits, - and _ only.</source>
        <translation>只能使用字母、数字、- 和 _。</translation>
    </message>
    <message>
        <source>Namespace %1 is created.</source>
        <translation>命名空间 %1 已创建。</translation>
    </message>
    <message>
        <source>Namespace %1 is changed.</source>
        <translation>命名空间 %1 已更改。</translation>
    </message>
</context>
<context>
    <name>ui::config::NewConfigDialog</name>
    <message>
        <source>New config</source>
        <translation>新建配置</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>位于 %1</translation>
    </message>
    <message>
        <source>&amp;Data ID</source>
        <translation>Data ID(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>分组(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open the editor</source>
        <translation>打开编辑器</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>复制 %1</translation>
    </message>
    <message>
        <source>Letters, digits and - _ . : only, up to 256 characters for the data ID and 128 for the group.</source>
        <translation>只能使用字母、数字和 - _ . :，Data ID 最多 256 个字符，分组最多 128 个。</translation>
    </message>
    <message>
        <source>%1 is encrypted. The data ID of a copy must begin with cipher- as well, or no client could read it.</source>
        <translation>%1 已加密。副本的 Data ID 也必须以 cipher- 开头，否则没有客户端能读取它。</translation>
    </message>
    <message>
        <source>Data IDs that begin with cipher- are for content the clients encrypt; a text written here could be read by none of them.</source>
        <translation>以 cipher- 开头的 Data ID 用于由客户端加密的内容；在这里写的文本没有客户端能读取。</translation>
    </message>
</context>
<context>
    <name>ui::config::OutOfReach</name>
    <message>
        <source>The server is out of reach.</source>
        <translation>无法连接服务器。</translation>
    </message>
    <message>
        <source>%1 You see what was there %2.</source>
        <extracomment>%1 is a sentence that says why</extracomment>
        <translation>%1您看到的是%2的内容。</translation>
    </message>
    <message>
        <source>%1 You see what was there before.</source>
        <translation>%1您看到的是之前的内容。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ui::config::SchemaDialog</name>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>A JSON Schema of the content. It is part of the next publish; the server keeps it.</source>
        <translation>内容的 JSON Schema。它随下一次发布写入，由服务器保存。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this schema</source>
        <translation>使用此 schema</translation>
    </message>
    <message>
        <source>No schema.</source>
        <translation>没有 schema。</translation>
    </message>
    <message>
        <source>A server takes %1 characters.</source>
        <translation>服务器最多接受 %1 个字符。</translation>
    </message>
    <message>
        <source>Use no schema</source>
        <translation>不使用 schema</translation>
    </message>
</context>
<context>
    <name>ui::config::SearchPage</name>
    <message>
        <source>Text to search for in the contents</source>
        <translation>要在内容中搜索的文本</translation>
    </message>
    <message>
        <source>Search in the contents …</source>
        <translation>在内容中搜索…</translation>
    </message>
    <message>
        <source>In &amp;all namespaces</source>
        <translation>所有命名空间(&amp;A)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the contents of all configs.</source>
        <translation>搜索所有配置的内容。</translation>
    </message>
    <message>
        <source>The text is taken as it is: no wildcards.</source>
        <translation>按原样搜索文本：没有通配符。</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>没有打开的连接。</translation>
    </message>
    <message>
        <source>Choose one at the top left.</source>
        <translation>请在左上角选择。</translation>
    </message>
    <message>
        <source>newest %1</source>
        <translation>最新 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n secret value(s) are never searched</source>
        <translation>
            <numerusform>%n 个机密值不参与搜索</numerusform>
        </translation>
    </message>
    <message>
        <source>The server could not search</source>
        <translation>服务器无法搜索</translation>
    </message>
    <message>
        <source>“%1” stands nowhere in the contents.</source>
        <translation>内容中没有“%1”。</translation>
    </message>
    <message>
        <source>Values of passwords, tokens and keys are never searched.</source>
        <translation>密码、令牌和密钥的值不参与搜索。</translation>
    </message>
    <message>
        <source>The server could not search; you see what is remembered here</source>
        <translation>服务器无法搜索，以下是本机记住的内容</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) that the server found could not be read.</source>
        <translation>
            <numerusform>服务器找到的 %n 个配置无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>What the server found could not be read.</source>
        <translation>服务器找到的内容无法读取。</translation>
    </message>
    <message>
        <source>· the rest is being read in the background</source>
        <translation>· 其余内容正在后台读取</translation>
    </message>
    <message>
        <source>· reading in the background is paused</source>
        <translation>· 后台读取已暂停</translation>
    </message>
    <message>
        <source>· not everything could be read</source>
        <translation>· 未能读取全部内容</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>%1 of %2 contents known here</source>
        <translation>本机已知 %2 份内容中的 %1 份</translation>
    </message>
    <message>
        <source>Read the other %1 now</source>
        <translation>立即读取其余 %1 份</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) %1</source>
        <extracomment>%1 is &quot;in 3 configs&quot;</extracomment>
        <translation>
            <numerusform>%1，%n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n config(s)</source>
        <translation>
            <numerusform>%n 个配置中</numerusform>
        </translation>
    </message>
    <message>
        <source>the first ones only; narrow the search</source>
        <translation>仅显示最前面的结果；请缩小搜索范围</translation>
    </message>
    <message numerus="yes">
        <source>%n of them only the server found</source>
        <translation>
            <numerusform>其中 %n 个配置仅由服务器找到</numerusform>
        </translation>
    </message>
    <message>
        <source>searching what is known here …</source>
        <translation>正在搜索本机已知的内容…</translation>
    </message>
    <message>
        <source>the server is searching …</source>
        <translation>服务器正在搜索…</translation>
    </message>
    <message>
        <source>the server was not searched</source>
        <translation>未能搜索服务器</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open in a new &amp;window</source>
        <translation>在新窗口中打开(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Copy the line</source>
        <translation>复制该行(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
</context>
<context>
    <name>ui::config::SearchView</name>
    <message>
        <source>read from the server</source>
        <translation>从服务器读取</translation>
    </message>
    <message>
        <source>known here, seen %1</source>
        <translation>本机已知，见于%1</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1，第 %2 行：%3</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>找到的位置</translation>
    </message>
</context>
<context>
    <name>ui::config::Writing</name>
    <message>
        <source>Cannot read what is to be deleted</source>
        <translation>无法读取要删除的内容</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete this config</source>
        <translation>删除此配置</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n config(s)</source>
        <translation>
            <numerusform>删除 %n 个配置</numerusform>
        </translation>
    </message>
    <message>
        <source>What is deleted stays in the ledger and can be taken back.</source>
        <translation>删除的内容保留在账本中，可以撤回。</translation>
    </message>
    <message>
        <source>There is nothing left to delete.</source>
        <translation>没有可删除的内容了。</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>创建 %1</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>发布 %1</translation>
    </message>
    <message>
        <source>Create and publish</source>
        <translation>创建并发布</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>恢复 %1</translation>
    </message>
    <message>
        <source>In this version the config did not exist: restoring it deletes the config.</source>
        <translation>在此版本中该配置不存在：恢复即删除该配置。</translation>
    </message>
    <message>
        <source>The config does not exist now: restoring creates it again.</source>
        <translation>该配置现在不存在：恢复即重新创建。</translation>
    </message>
    <message>
        <source>Create it again</source>
        <translation>重新创建</translation>
    </message>
    <message>
        <source>Restore this version</source>
        <translation>恢复此版本</translation>
    </message>
    <message>
        <source>Cannot read the override</source>
        <translation>无法读取覆盖内容</translation>
    </message>
    <message>
        <source>The override could not be taken off</source>
        <translation>无法取消覆盖</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Cannot override %1</source>
        <translation>无法覆盖 %1</translation>
    </message>
    <message>
        <source>The override could not be put back</source>
        <translation>无法恢复本地覆盖</translation>
    </message>
    <message>
        <source>Reading what is to be deleted: %1 of %2</source>
        <translation>正在读取将要删除的内容：%1 / %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message numerus="yes">
        <source>%n config(s) are deleted.</source>
        <translation>
            <numerusform>已删除 %n 个配置。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is created and published.</source>
        <translation>%1 已创建并发布。</translation>
    </message>
    <message>
        <source>%1 is published.</source>
        <translation>%1 已发布。</translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) will receive it.</source>
        <translation>
            <numerusform>%n 个监听者将收到它。</numerusform>
        </translation>
    </message>
    <message>
        <source>The local override of %1 is taken off; this computer reads the server&apos;s content.</source>
        <translation>已取消 %1 的本地覆盖，本机重新读取服务器上的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n local override(s) are taken off; this computer reads the server&apos;s content.</source>
        <translation>
            <numerusform>已取消 %n 个本地覆盖，本机重新读取服务器上的内容。</numerusform>
        </translation>
    </message>
    <message>
        <source>live version</source>
        <translation>线上版本</translation>
    </message>
    <message>
        <source>live version of %1</source>
        <translation>%1 的线上版本</translation>
    </message>
    <message>
        <source>earlier version</source>
        <translation>较早的版本</translation>
    </message>
    <message>
        <source>version of %1</source>
        <translation>%1 的版本</translation>
    </message>
    <message>
        <source>No application is listening.</source>
        <translation>没有应用在监听。</translation>
    </message>
    <message>
        <source>Restores the %1.</source>
        <translation>恢复：%1。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <extracomment>%1 is what failed (&quot;Cannot publish&quot;), %2 why, without a full stop</extracomment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>The server lists no namespace %1: it was deleted, or this account may not see it. What is published into a deleted one stands in no list.</source>
        <translation>服务器的列表中没有命名空间 %1：它已被删除，或此账号无权查看。发布到已删除的命名空间中的内容不会出现在任何列表中。</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>The server lists no namespace %1. If it was deleted, no list will show this config: create the namespace first.</source>
        <translation>服务器的列表中没有命名空间 %1。如果它已被删除，任何列表都不会显示此配置：请先创建该命名空间。</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>监听者</translation>
    </message>
    <message>
        <source>%1 is restored as of %2.</source>
        <translation>已将 %1 恢复到 %2 的版本。</translation>
    </message>
    <message>
        <source>Restore %1 as of %2</source>
        <extracomment>for Activity; %2 is a time</extracomment>
        <translation>将 %1 恢复到 %2 的版本</translation>
    </message>
    <message>
        <source>How many applications listen is not known: the server does not say.</source>
        <translation>不知道有多少应用在监听：服务器没有告知。</translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s) lose what they listen to.</source>
        <translation>
            <numerusform>%n 个监听者将失去所监听的配置。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n config(s) the server does not say who listens.</source>
        <translation>
            <numerusform>有 %n 个配置，服务器没有告知谁在监听。</numerusform>
        </translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>ui::connection::ConnectionForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Of a cluster, several with commas between them</source>
        <translation>集群有多个地址时用逗号分隔</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>用户与密码</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Access key and secret key</source>
        <translation>Access Key 与 Secret Key</translation>
    </message>
    <message>
        <source>Bearer token</source>
        <translation>Bearer 令牌</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Access key &amp;ID</source>
        <translation>Access Key ID(&amp;I)</translation>
    </message>
    <message>
        <source>Only for temporary keys</source>
        <translation>仅用于临时密钥</translation>
    </message>
    <message>
        <source>Environment and protection</source>
        <translation>环境与保护</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保护</translation>
    </message>
    <message>
        <source>A production connection is always protected</source>
        <translation>生产环境的连接始终受保护</translation>
    </message>
    <message>
        <source>Keep contents</source>
        <translation>保留内容</translation>
    </message>
    <message>
        <source>Facts only: names, sizes and hashes</source>
        <translation>仅事实：名称、大小和哈希</translation>
    </message>
    <message>
        <source>On this &amp;machine</source>
        <translation>在本机(&amp;M)</translation>
    </message>
    <message>
        <source>What has been seen is kept for offline use, search and history</source>
        <translation>见过的内容保留下来，用于离线、搜索和历史</translation>
    </message>
    <message>
        <source>found by the probe</source>
        <translation>由探测得出</translation>
    </message>
    <message>
        <source>Console address</source>
        <translation>控制台地址</translation>
    </message>
    <message>
        <source>Context path</source>
        <translation>上下文路径</translation>
    </message>
    <message>
        <source>HTTP port + 1000</source>
        <translation>HTTP 端口 + 1000</translation>
    </message>
    <message>
        <source>gRPC port</source>
        <translation>gRPC 端口</translation>
    </message>
    <message>
        <source>gRPC uses TLS</source>
        <translation>gRPC 使用 TLS</translation>
    </message>
    <message>
        <source>gRPC</source>
        <translation>gRPC</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>系统的</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>SOCKS 5 (without gRPC)</source>
        <translation>SOCKS 5（不含 gRPC）</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>One a line; those that hold secrets are kept with the passwords</source>
        <translation>每行一个；含机密的与密码一起保存</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Time to connect</source>
        <translation>连接时限</translation>
    </message>
    <message>
        <source>Time for a request</source>
        <translation>请求时限</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Instead of the environment&apos;s</source>
        <translation>代替环境的颜色</translation>
    </message>
    <message>
        <source>saved; type to replace it</source>
        <translation>已保存；输入以替换</translation>
    </message>
    <message>
        <source>&amp;Add connection</source>
        <translation>添加连接(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>An address is missing, for example http://host:8848.</source>
        <translation>缺少地址，例如 http://host:8848。</translation>
    </message>
    <message>
        <source>Write user and password into their own fields, not into the address.</source>
        <translation>请将用户和密码填入各自的字段，而不是写在地址里。</translation>
    </message>
    <message>
        <source>“%1” is not an address like http://host:8848.</source>
        <translation>“%1”不是形如 http://host:8848 的地址。</translation>
    </message>
    <message>
        <source>The user is missing.</source>
        <translation>缺少用户。</translation>
    </message>
    <message>
        <source>The access key ID is missing.</source>
        <translation>缺少 Access Key ID。</translation>
    </message>
    <message>
        <source>The password goes over the network in clear text: use https where the server has it.</source>
        <translation>密码以明文在网络上传输：服务器支持时请使用 https。</translation>
    </message>
    <message>
        <source>The connection was not saved</source>
        <translation>连接未保存</translation>
    </message>
    <message>
        <source>A&amp;ddress</source>
        <translation>地址(&amp;D)</translation>
    </message>
    <message>
        <source>Secret ke&amp;y</source>
        <translation>Secret Key(&amp;Y)</translation>
    </message>
    <message>
        <source>Security t&amp;oken</source>
        <translation>安全令牌(&amp;O)</translation>
    </message>
    <message>
        <source>T&amp;oken</source>
        <translation>令牌(&amp;O)</translation>
    </message>
    <message>
        <source>Envi&amp;ronment</source>
        <translation>环境(&amp;R)</translation>
    </message>
    <message>
        <source>Read-on&amp;ly until unlocked</source>
        <translation>解锁之前只读(&amp;L)</translation>
    </message>
    <message>
        <source>Start in namespace</source>
        <translation>起始命名空间</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH 隧道</translation>
    </message>
    <message>
        <source>The program ssh leads every connection through this host, with your own keys, agent and configuration. Addresses are those the jump host sees. Nothing is asked: “ssh” to it must work without a question.</source>
        <translation>所有连接都由 ssh 程序经由此主机转发，使用您自己的密钥、代理和配置。地址以跳板机所见为准。过程中不会有任何询问：用“ssh”连接它时必须无需询问即可成功。</translation>
    </message>
    <message>
        <source>Jump host</source>
        <translation>跳板机</translation>
    </message>
    <message>
        <source>Or a name of your ssh configuration</source>
        <translation>或您 ssh 配置中的名称</translation>
    </message>
    <message>
        <source>A jump host is user@host:port (user and port may be left out), or a name of your ssh configuration.</source>
        <translation>跳板机的写法为 用户@主机:端口（用户和端口可省略），或您 ssh 配置中的名称。</translation>
    </message>
    <message>
        <source>No password: until one is entered nobody is logged in.</source>
        <translation>没有密码：填写之前不会登录。</translation>
    </message>
</context>
<context>
    <name>ui::connection::ConnectionList</name>
    <message>
        <source>default · %1</source>
        <translation>默认 · %1</translation>
    </message>
</context>
<context>
    <name>ui::connection::ConnectionsPage</name>
    <message>
        <source>From the &amp;environment…</source>
        <translation>从环境变量(&amp;E)…</translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation>从文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>All connections in one file, without passwords and other secrets</source>
        <translation>所有连接导出为一个文件，不含密码和其他机密</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Opened at start, and used by signalboxctl when no profile is named</source>
        <translation>启动时打开；signalboxctl 未指定连接时使用</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>The connections cannot be read</source>
        <translation>无法读取连接</translation>
    </message>
    <message>
        <source>The connection is saved, its password is not</source>
        <translation>连接已保存，但密码未保存</translation>
    </message>
    <message>
        <source>The password is kept for this session only: the desktop&apos;s keychain cannot be used.</source>
        <translation>密码仅在本次会话中保留：桌面钥匙串不可用。</translation>
    </message>
    <message>
        <source>Where secrets are kept</source>
        <translation>机密的保存位置</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除 %1？</translation>
    </message>
    <message>
        <source>The connection and its saved password go. Drafts, the ledger and what was seen on the server stay.</source>
        <translation>连接及其保存的密码将被移除。草稿、账本以及在服务器上见过的内容保留。</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>The connection was not removed</source>
        <translation>连接未移除</translation>
    </message>
    <message>
        <source>The default was not changed</source>
        <translation>默认连接未更改</translation>
    </message>
    <message>
        <source>Save the connection first.</source>
        <translation>请先保存连接。</translation>
    </message>
    <message>
        <source>There is nothing to import from the environment</source>
        <translation>环境变量中没有可导入的内容</translation>
    </message>
    <message>
        <source>From the environment</source>
        <translation>来自环境变量</translation>
    </message>
    <message>
        <source>Taken from %1. Look it over and save it.</source>
        <translation>取自 %1。请检查后保存。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>导入连接</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>连接 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>This file holds no connections</source>
        <translation>此文件中没有连接</translation>
    </message>
    <message numerus="yes">
        <source>Import %n connections?</source>
        <translation>
            <numerusform>导入 %n 个连接？</numerusform>
        </translation>
    </message>
    <message>
        <source>Passwords and other secrets are not in the file: they are asked for later.</source>
        <translation>文件中不含密码和其他机密：之后会询问。</translation>
    </message>
    <message numerus="yes">
        <source>Import %n connections</source>
        <translation>
            <numerusform>导入 %n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was not imported</source>
        <translation>%1 未导入</translation>
    </message>
    <message>
        <source>The connections were not exported</source>
        <translation>连接未导出</translation>
    </message>
    <message>
        <source>Export connections</source>
        <translation>导出连接</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Exported to %1, without secrets.</source>
        <translation>已导出到 %1，不含机密。</translation>
    </message>
    <message>
        <source>the new connection</source>
        <translation>新连接</translation>
    </message>
    <message>
        <source>The order was not changed</source>
        <translation>顺序未更改</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message numerus="yes">
        <source>%n connections</source>
        <translation>
            <numerusform>%n 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
</context>
<context>
    <name>ui::connection::Doctor</name>
    <message>
        <source>port %1 accepts connections</source>
        <translation>端口 %1 接受连接</translation>
    </message>
    <message>
        <source>reached through the proxy %1:%2</source>
        <translation>通过代理 %1:%2 到达</translation>
    </message>
    <message>
        <source>plain http</source>
        <translation>明文 http</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未尝试</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>%1, administrator</source>
        <translation>%1，管理员</translation>
    </message>
    <message>
        <source>%1, valid until %2</source>
        <translation>%1，有效期至 %2</translation>
    </message>
    <message>
        <source>configurations of %1 can be read</source>
        <translation>可以读取 %1 的配置</translation>
    </message>
    <message>
        <source>no Nacos server was recognised</source>
        <translation>未识别出 Nacos 服务器</translation>
    </message>
    <message>
        <source>without a login the server refuses most requests</source>
        <translation>未登录时服务器拒绝大多数请求</translation>
    </message>
    <message>
        <source>Ask for read rights on this namespace, or choose another default namespace.</source>
        <translation>请申请此命名空间的读取权限，或选择其他默认命名空间。</translation>
    </message>
    <message>
        <source>Check address, port and context path.</source>
        <translation>请检查地址、端口和上下文路径。</translation>
    </message>
    <message>
        <source>Check the spelling of the host name, and whether its network (VPN) is connected.</source>
        <translation>请检查主机名的拼写，以及其网络（VPN）是否已连接。</translation>
    </message>
    <message>
        <source>Check user and password.</source>
        <translation>请检查用户名和密码。</translation>
    </message>
    <message>
        <source>Give the file of its authority, or accept this one certificate by its fingerprint if you know it.</source>
        <translation>请指定其证书颁发机构的文件；如果认得该证书，也可以按指纹接受它。</translation>
    </message>
    <message>
        <source>Is the server running, is the port right, does a firewall stand between?</source>
        <translation>服务器是否在运行？端口是否正确？中间是否有防火墙？</translation>
    </message>
    <message>
        <source>Is this an https port? Does the server want a client certificate?</source>
        <translation>这是 https 端口吗？服务器是否要求客户端证书？</translation>
    </message>
    <message>
        <source>No administrator exists yet: set the first password in the server&apos;s console.</source>
        <translation>还没有管理员：请在服务器控制台中设置初始密码。</translation>
    </message>
    <message>
        <source>The password travels unencrypted; use https where the server has it.</source>
        <translation>密码以明文传输；服务器支持时请使用 https。</translation>
    </message>
    <message>
        <source>Write the address as host:port or http://host:port.</source>
        <translation>地址请写成 host:port 或 http://host:port。</translation>
    </message>
    <message>
        <source>configurations of %1 can be read, another way than usual: %2</source>
        <translation>可以读取 %1 的配置，但走了非常规途径：%2</translation>
    </message>
    <message>
        <source>practice registry %1</source>
        <translation>练习注册中心 %1</translation>
    </message>
    <message>
        <source>Choose another file under Advanced.</source>
        <translation>请在“高级”中选择其他文件。</translation>
    </message>
    <message>
        <source>Enter it in the connection; signalboxctl takes it from --password-stdin or SIGNALBOX_PASSWORD, too.</source>
        <translation>请在连接中填写密码；signalboxctl 也可以通过 --password-stdin 或 SIGNALBOX_PASSWORD 提供。</translation>
    </message>
    <message>
        <source>logged in at %1</source>
        <translation>已登录到 %1</translation>
    </message>
    <message>
        <source>resolved by the jump host</source>
        <translation>由跳板机解析</translation>
    </message>
    <message>
        <source>reached through the SSH tunnel</source>
        <translation>经由 SSH 隧道访问</translation>
    </message>
    <message>
        <source>The tunnel is made by the program ssh with your own keys: see that “ssh” to that host works without a question.</source>
        <translation>隧道由 ssh 程序使用您自己的密钥建立：请确认用“ssh”连接该主机时无需任何询问即可成功。</translation>
    </message>
    <message>
        <source>SSH tunnel: the program ssh is not there; install the package openssh-client</source>
        <translation>SSH 隧道：找不到 ssh 程序；请安装软件包 openssh-client</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: its host key is not the one known so far: somebody may be listening in. Ask its owner; if the change is right, remove the old key with ssh-keygen -R and connect once by hand</source>
        <translation>经由 %1 的 SSH 隧道：其主机密钥与已知的不同，可能有人在窃听。请询问其管理者；若变更属实，请用 ssh-keygen -R 删除旧密钥并手动连接一次</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: its host key is not known yet; connect once by hand with ssh and compare the fingerprint</source>
        <translation>经由 %1 的 SSH 隧道：其主机密钥尚未知晓；请用 ssh 手动连接一次并核对指纹</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: the login is refused. No password is asked for here: load the key with ssh-add, or name user and key in ~/.ssh/config</source>
        <translation>经由 %1 的 SSH 隧道：登录被拒绝。此处不会询问密码：请用 ssh-add 加载密钥，或在 ~/.ssh/config 中指定用户和密钥</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: unknown host name of the jump host</source>
        <translation>经由 %1 的 SSH 隧道：跳板机的主机名未知</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: the connection to the jump host ended</source>
        <translation>经由 %1 的 SSH 隧道：与跳板机的连接已结束</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: ssh refuses its configuration: %2</source>
        <translation>经由 %1 的 SSH 隧道：ssh 拒绝其配置：%2</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: the jump host does not allow connections to %2 (AllowTcpForwarding, PermitOpen)</source>
        <translation>经由 %1 的 SSH 隧道：跳板机不允许连接 %2（AllowTcpForwarding、PermitOpen）</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: the jump host gives no connection to %2</source>
        <translation>经由 %1 的 SSH 隧道：跳板机未能连接 %2</translation>
    </message>
    <message>
        <source>SSH tunnel through %1: the jump host cannot reach %2: %3</source>
        <translation>经由 %1 的 SSH 隧道：跳板机无法访问 %2：%3</translation>
    </message>
    <message>
        <source>Give the connection a user and a password; signalboxctl takes them from --user and --password-stdin or SIGNALBOX_PASSWORD, too.</source>
        <translation>请为连接提供用户名和密码；signalboxctl 也可以通过 --user 以及 --password-stdin 或 SIGNALBOX_PASSWORD 获取。</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未到达这一步</translation>
    </message>
    <message>
        <source>If that is the registry, give the connection the address it sends on to.</source>
        <translation>如果那里就是注册中心，请把连接的地址改为服务器转到的地址。</translation>
    </message>
</context>
<context>
    <name>ui::connection::PracticePanel</name>
    <message>
        <source>Practice registry</source>
        <translation>练习注册中心</translation>
    </message>
    <message>
        <source>A registry on this machine with the data of a small company, for trying everything out: publish, compare, delete, restore. It speaks the real protocols, is reachable from this machine only, and ends shortly after the last program that uses it.</source>
        <translation>本机上的注册中心，带有一家小公司的数据，可随意试用：发布、比较、删除、恢复。它使用真实协议，只能从本机访问，并在最后一个使用它的程序结束后不久关闭。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the practice registry</source>
        <translation>停止练习注册中心</translation>
    </message>
    <message>
        <source>The practice registry was not stopped</source>
        <translation>练习注册中心未能停止</translation>
    </message>
</context>
<context>
    <name>ui::connection::ProbeView</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>Push (gRPC)</source>
        <translation>推送（gRPC）</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Right to read</source>
        <translation>读取权限</translation>
    </message>
    <message>
        <source>Right to write</source>
        <translation>写入权限</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未尝试</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>探测</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>再次测试</translation>
    </message>
    <message>
        <source>Looking at the server …</source>
        <translation>正在探测服务器…</translation>
    </message>
    <message>
        <source>As soon as there is an address, it is tried out here: what answers, which version, what this account may do.</source>
        <translation>输入地址后会立即在此探测：有什么应答、什么版本、此账号能做什么。</translation>
    </message>
    <message>
        <source>This will not work yet.</source>
        <translation>这还不能正常工作。</translation>
    </message>
    <message>
        <source>Works, with limits.</source>
        <translation>可用，但有限制。</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>The server shows a certificate of %1, issued by %2, valid until %3.</source>
        <translation>服务器出示的证书属于 %1，由 %2 颁发，有效期至 %3。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one the server&apos;s owner gives you before you accept it.</source>
        <translation>接受之前，请与服务器所有者提供的指纹核对。</translation>
    </message>
    <message>
        <source>Accept this certificate</source>
        <translation>接受此证书</translation>
    </message>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH 隧道</translation>
    </message>
    <message>
        <source>It is tried out here as soon as the form is complete.</source>
        <translation>表单填写完整后就会在这里试连。</translation>
    </message>
    <message>
        <source>nobody is logged in: there is no password, token or key yet</source>
        <translation>尚未登录：还没有密码、令牌或密钥</translation>
    </message>
    <message>
        <source>Enter it in the form beside this.</source>
        <translation>请在旁边的表单中填写。</translation>
    </message>
    <message>
        <source>It is tried out here as soon as the field is left.</source>
        <translation>离开该字段后会在这里试连。</translation>
    </message>
</context>
<context>
    <name>ui::connection::TlsFields</name>
    <message>
        <source>The system&apos;s authorities</source>
        <translation>系统的颁发机构</translation>
    </message>
    <message>
        <source>An authority from a file</source>
        <translation>文件中的证书颁发机构</translation>
    </message>
    <message>
        <source>One certificate, by its fingerprint</source>
        <translation>仅此证书，按其指纹</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Authority file</source>
        <translation>颁发机构文件</translation>
    </message>
    <message>
        <source>Choose the authority&apos;s certificate</source>
        <translation>选择颁发机构的证书</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>SHA-256 of the server&apos;s certificate</source>
        <translation>服务器证书的 SHA-256</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>Choose the client certificate</source>
        <translation>选择客户端证书</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>客户端密钥</translation>
    </message>
    <message>
        <source>Choose the client key</source>
        <translation>选择客户端密钥</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>密钥的口令</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
        <translation>证书与密钥 (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>ui::prompts::PromptDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>相关内容</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>To go on, type %1</source>
        <translation>要继续，请输入 %1</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>请输入 %1</translation>
    </message>
    <message>
        <source>&amp;Reason (it is kept in the ledger)</source>
        <translation>原因（保存在账本中）(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reason (optional, it is kept in the ledger)</source>
        <translation>原因（可选，保存在账本中）(&amp;R)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ui::settings::AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>The desktop&apos;s</source>
        <translation>桌面的</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Size of everything</source>
        <translation>整体缩放(&amp;S)</translation>
    </message>
    <message>
        <source>As the desktop has it</source>
        <translation>与桌面一致</translation>
    </message>
    <message>
        <source>Takes effect at the next start</source>
        <translation>下次启动时生效</translation>
    </message>
    <message>
        <source> pt</source>
        <comment>points</comment>
        <translation> 磅</translation>
    </message>
    <message>
        <source>No &amp;animation</source>
        <translation>无动画(&amp;A)</translation>
    </message>
    <message>
        <source>Changed rows do not fade</source>
        <translation>更改的行不再淡出</translation>
    </message>
    <message>
        <source>Editors</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>&amp;Wrap long lines</source>
        <translation>长行自动换行(&amp;W)</translation>
    </message>
    <message>
        <source>Colou&amp;rs</source>
        <translation>颜色(&amp;R)</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>文字大小(&amp;X)</translation>
    </message>
</context>
<context>
    <name>ui::settings::ConnectionsSection</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>&amp;Default connection</source>
        <translation>默认连接(&amp;D)</translation>
    </message>
    <message>
        <source>Opened at start when there are no tabs to go back to; used by signalboxctl</source>
        <translation>启动时若没有要恢复的标签页则打开它；signalboxctl 也使用它</translation>
    </message>
    <message>
        <source>&amp;Manage connections…</source>
        <translation>管理连接(&amp;M)…</translation>
    </message>
    <message>
        <source>No connection is saved</source>
        <translation>没有保存的连接</translation>
    </message>
</context>
<context>
    <name>ui::settings::DataSection</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What was seen on servers, drafts and the ledger are plain files that only you can read (mode 0600). They may hold secrets of the configurations&apos; owners; a connection can be set to keep facts only.</source>
        <translation>在服务器上见过的内容、草稿和账本都是只有您能读取的普通文件（权限 0600）。其中可能含有配置所有者的机密；可将连接设为只保留事实。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>见过的内容</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>counting …</source>
        <translation>正在计数…</translation>
    </message>
    <message>
        <source>&amp;Limit</source>
        <translation>上限(&amp;L)</translation>
    </message>
    <message>
        <source>Above it the oldest revisions go; the newest content of everything stays</source>
        <translation>超过后先删除最旧的修订；所有对象的最新内容都会保留</translation>
    </message>
    <message>
        <source>Apply the limit &amp;now</source>
        <translation>立即应用上限(&amp;N)</translation>
    </message>
    <message>
        <source>Ledger and drafts</source>
        <translation>账本与草稿</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>older than a year</source>
        <translation>早于 1 年</translation>
    </message>
    <message>
        <source>older than 3 months</source>
        <translation>早于 3 个月</translation>
    </message>
    <message>
        <source>older than a month</source>
        <translation>早于 1 个月</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>&amp;Drop values…</source>
        <translation>清除值(&amp;D)…</translation>
    </message>
    <message>
        <source>Age of the values</source>
        <translation>值的时间</translation>
    </message>
    <message>
        <source>Values before and after</source>
        <translation>更改前后的值</translation>
    </message>
    <message>
        <source>What was written stays in the ledger with its hash; without the values it can no longer be undone.</source>
        <translation>写入的记录及其哈希保留在账本中；没有这些值就不能再撤销。</translation>
    </message>
    <message>
        <source>Apply the limit of what was seen</source>
        <translation>应用“见过的内容”的上限</translation>
    </message>
    <message>
        <source>Nothing was given back</source>
        <translation>没有可释放的内容</translation>
    </message>
    <message>
        <source>%1 given back.</source>
        <translation>已释放 %1。</translation>
    </message>
    <message>
        <source>Forget everything seen?</source>
        <translation>清除所有见过的内容？</translation>
    </message>
    <message>
        <source>Offline browsing, search and the history beyond the servers&apos; own begin anew. Drafts and the ledger stay.</source>
        <translation>离线浏览、搜索以及服务器之外的历史将重新开始。草稿和账本保留。</translation>
    </message>
    <message>
        <source>Forget everything seen</source>
        <translation>清除所有见过的内容</translation>
    </message>
    <message>
        <source>Not everything was forgotten</source>
        <translation>并非所有内容都已清除</translation>
    </message>
    <message>
        <source>Drop values of the ledger?</source>
        <translation>清除账本中的值？</translation>
    </message>
    <message>
        <source>The values %1 go. The changes they belong to can no longer be undone or compared.</source>
        <translation>%1的值将被清除。相应的更改将不能再撤销或比较。</translation>
    </message>
    <message>
        <source>Drop values</source>
        <translation>清除值</translation>
    </message>
    <message>
        <source>Drop values of the ledger</source>
        <translation>清除账本中的值</translation>
    </message>
    <message>
        <source>The values were not dropped</source>
        <translation>值未清除</translation>
    </message>
    <message numerus="yes">
        <source>%n values dropped.</source>
        <translation>
            <numerusform>已清除 %n 个值。</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget everything &amp;seen…</source>
        <translation>清除所有见过的内容(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Read all contents in the background</source>
        <translation>在后台读取所有内容(&amp;R)</translation>
    </message>
    <message>
        <source>So that search and browsing without the server see everything; not for connections that keep facts only</source>
        <translation>使搜索和离线浏览能看到所有内容；不适用于只保留概要信息的连接</translation>
    </message>
</context>
<context>
    <name>ui::settings::GeneralSection</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>系统的</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>&amp;Unlock writes for</source>
        <translation>解锁写入时长(&amp;U)</translation>
    </message>
    <message>
        <source> min</source>
        <comment>minutes</comment>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>How long a protected connection stays open for writing unless you choose otherwise</source>
        <translation>除非另行选择，受保护连接保持可写的时长</translation>
    </message>
    <message>
        <source>Clear copied &amp;secrets after</source>
        <translation>复制的机密在此时间后清除(&amp;S)</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Only when the clipboard still holds the secret</source>
        <translation>仅当剪贴板仍是该机密时</translation>
    </message>
    <message>
        <source>&amp;Open the tabs of last time at start</source>
        <translation>启动时打开上次的标签页(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ui::settings::NetworkSection</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Proxy, certificates, headers and time limits belong to each connection; they stand under Advanced there. This program talks to nothing but the connections you add.</source>
        <translation>代理、证书、请求头和时限属于各个连接，位于其“高级”之下。本程序只与您添加的连接通信。</translation>
    </message>
    <message>
        <source>&amp;Log requests and answers</source>
        <translation>记录请求与应答(&amp;L)</translation>
    </message>
    <message>
        <source>One line each, without contents and secrets, in the log of this window</source>
        <translation>每条一行，不含内容和机密，显示在本窗口的日志中</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>&amp;Manage connections…</source>
        <translation>管理连接(&amp;M)…</translation>
    </message>
</context>
<context>
    <name>ui::settings::SecretsSection</name>
    <message>
        <source>Secrets</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>Passwords, keys and tokens of connections are kept in one of these places and nowhere else: never in a settings file, a log or the ledger.</source>
        <translation>连接的密码、密钥和令牌只保存在以下位置之一，绝不会出现在设置文件、日志或账本中。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>The keychain says</source>
        <translation>钥匙串的说明</translation>
    </message>
    <message>
        <source>The desktop&apos;s &amp;keychain</source>
        <translation>桌面钥匙串(&amp;K)</translation>
    </message>
    <message>
        <source>Keep them in</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Passphrase &amp;again</source>
        <translation>再次输入口令(&amp;A)</translation>
    </message>
    <message>
        <source>It is asked for at each start and cannot be recovered.</source>
        <translation>每次启动时都会询问，且无法找回。</translation>
    </message>
    <message>
        <source>In the desktop&apos;s keychain.</source>
        <translation>在桌面钥匙串中。</translation>
    </message>
    <message>
        <source>In this session only: they are gone when the program ends.</source>
        <translation>仅在本次会话中：程序结束后即丢失。</translation>
    </message>
    <message>
        <source>In this session only, because the keychain cannot be used: they are gone when the program ends.</source>
        <translation>仅在本次会话中，因为钥匙串不可用：程序结束后即丢失。</translation>
    </message>
    <message>
        <source>In the encrypted file, which waits for its passphrase.</source>
        <translation>在加密文件中，等待输入口令。</translation>
    </message>
    <message>
        <source>In the encrypted file, which is open.</source>
        <translation>在加密文件中，已打开。</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>This is in use.</source>
        <translation>正在使用。</translation>
    </message>
    <message>
        <source>The secrets stay where they were</source>
        <translation>机密仍保存在原处</translation>
    </message>
    <message>
        <source>Secrets are kept there from now on.</source>
        <translation>此后机密保存在那里。</translation>
    </message>
    <message>
        <source>An encr&amp;ypted file with a passphrase</source>
        <translation>带口令的加密文件(&amp;Y)</translation>
    </message>
    <message>
        <source>This session &amp;only</source>
        <translation>仅本次会话(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ui::settings::SettingsPage</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ui::settings::ShortcutEditor</name>
    <message>
        <source>&amp;Set</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;No keys</source>
        <translation>无按键(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>默认(&amp;D)</translation>
    </message>
    <message>
        <source>Filter commands and keys</source>
        <translation>筛选命令与按键</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Press the new keys for “%1”.</source>
        <translation>请按下“%1”的新按键。</translation>
    </message>
    <message>
        <source>Choose a command.</source>
        <translation>选择一个命令。</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>%1 already means %2. Setting it takes it away there.</source>
        <translation>%1 已用于“%2”。在此设置后，那里将不再使用。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Every command can have other keys. Ctrl+/ shows them all.</source>
        <translation>每个命令都可以改用其他按键。Ctrl+/ 显示全部。</translation>
    </message>
    <message>
        <source>&amp;All defaults</source>
        <translation>全部恢复默认(&amp;A)</translation>
    </message>
    <message>
        <source>Ta&amp;ke over</source>
        <translation>采用(&amp;K)</translation>
    </message>
</context>
<context>
    <name>ui::shell::ActivityPane</name>
    <message>
        <source>Open the ledger</source>
        <translation>打开账本</translation>
    </message>
    <message>
        <source>Clear finished operations</source>
        <translation>清除已完成的操作</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有进行中的操作。</translation>
    </message>
    <message>
        <source>What you change or load shows up here.</source>
        <translation>您更改或加载的内容会显示在这里。</translation>
    </message>
</context>
<context>
    <name>ui::shell::ActivityRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>已撤销 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
</context>
<context>
    <name>ui::shell::BookmarksPage</name>
    <message>
        <source>bookmarks</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Bookmark · %1</source>
        <translation>书签 · %1</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Filter bookmarks</source>
        <translation>筛选书签</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Nothing is bookmarked yet.</source>
        <translation>还没有书签。</translation>
    </message>
    <message>
        <source>Pages and objects are bookmarked from the Edit menu.</source>
        <translation>可以从“编辑”菜单为页面和对象添加书签。</translation>
    </message>
    <message>
        <source>%1 bookmarks the page or object in front.</source>
        <translation>按 %1 为当前页面或对象添加书签。</translation>
    </message>
    <message numerus="yes">
        <source>%n bookmarks</source>
        <translation>
            <numerusform>%n 个书签</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename the bookmark</source>
        <translation>重命名书签</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>A name is missing.</source>
        <translation>缺少名称。</translation>
    </message>
    <message numerus="yes">
        <source>%n bookmarks removed.</source>
        <translation>
            <numerusform>已移除 %n 个书签。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open in a new &amp;window</source>
        <translation>在新窗口中打开(&amp;W)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
</context>
<context>
    <name>ui::shell::Connections</name>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>starting …</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>live</source>
        <translation>线上</translation>
    </message>
    <message>
        <source>push ok</source>
        <translation>推送正常</translation>
    </message>
    <message>
        <source>no push</source>
        <translation>无推送</translation>
    </message>
    <message>
        <source>reconnecting …</source>
        <translation>正在重新连接…</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Unlocked until %1</source>
        <translation>解锁至 %1</translation>
    </message>
    <message>
        <source>Writes are unlocked: %1</source>
        <translation>写入已解锁：%1</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Nothing can be written until writes are unlocked</source>
        <translation>解锁写入之前不能写入任何内容</translation>
    </message>
    <message>
        <source>practice registry</source>
        <translation>练习注册中心</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>a kind of request, and the way it goes</comment>
        <translation>%1 经由 %2</translation>
    </message>
    <message>
        <source>Another way than usual, because the usual one was refused: %1</source>
        <translation>常规途径被拒绝，因此走了其他途径：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>%1 无法使用</translation>
    </message>
    <message>
        <source>%1 does not answer; it is tried again by itself.</source>
        <translation>%1 没有应答；程序会自动重试。</translation>
    </message>
    <message>
        <source>%1 sends no notifications: changes made by others are seen late.</source>
        <translation>%1 不发送通知：他人的更改会延迟显示。</translation>
    </message>
    <message>
        <source>password needed</source>
        <translation>需要密码</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>尚无应答</translation>
    </message>
</context>
<context>
    <name>ui::shell::EnterPassword</name>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Password of %1</source>
        <translation>%1 的密码(&amp;P)</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>It is kept until this program ends.</source>
        <translation>保留到本程序结束。</translation>
    </message>
    <message>
        <source>It is kept with the other passwords.</source>
        <translation>与其他密码一起保存。</translation>
    </message>
    <message>
        <source>Type the password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>The password could not be kept</source>
        <translation>无法保存密码</translation>
    </message>
</context>
<context>
    <name>ui::shell::LedgerPage</name>
    <message>
        <source>created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Ledger entries</source>
        <translation>账本条目</translation>
    </message>
    <message>
        <source>Filter: text, verb:, outcome:, reason: …</source>
        <translation>筛选：文本、verb:、outcome:、reason: …</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Checks the hash chain and every stored value</source>
        <translation>检查哈希链和每个保存的值</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>One JSON document a line</source>
        <translation>每行一个 JSON 文档</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>under way or unknown</source>
        <translation>进行中或未知</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已应用</translation>
    </message>
    <message>
        <source>applied, not verified</source>
        <translation>已应用，未核实</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>Reading the ledger …</source>
        <translation>正在读取账本…</translation>
    </message>
    <message>
        <source>Cannot read the ledger</source>
        <translation>无法读取账本</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>尚未写入任何内容。</translation>
    </message>
    <message>
        <source>Every change made here or with signalboxctl is kept in this ledger, with what was there before.</source>
        <translation>在此处或用 signalboxctl 所做的每项更改都记录在此账本中，连同更改之前的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 条</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>The stored value was purged.</source>
        <translation>保存的值已被清除。</translation>
    </message>
    <message>
        <source>did not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Verify the ledger</source>
        <translation>验证账本</translation>
    </message>
    <message>
        <source>Cannot verify the ledger</source>
        <translation>无法验证账本</translation>
    </message>
    <message>
        <source>The chain is intact: %1 rows and %2 values checked.</source>
        <translation>哈希链完整：已检查 %1 行和 %2 个值。</translation>
    </message>
    <message numerus="yes">
        <source>%n entries have no outcome yet.</source>
        <translation>
            <numerusform>%n 条尚无结果。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is not intact: %n problems, the first at %1.</source>
        <translation>
            <numerusform>账本不完整：%n 个问题，第一个位于 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the ledger</source>
        <translation>导出账本</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Cannot export the ledger</source>
        <translation>无法导出账本</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>undo of %1</source>
        <comment>the number of a ledger entry</comment>
        <translation>撤销 %1 号</translation>
    </message>
    <message>
        <source>Taken back by entry %1</source>
        <translation>已由 %1 号条目撤销</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>已恢复</translation>
    </message>
</context>
<context>
    <name>ui::shell::LogPane</name>
    <message>
        <source>Copy the log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>关闭日志</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
    <message>
        <source>Least weight shown</source>
        <translation>显示的最低级别</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Requests and answers</source>
        <translation>请求与应答</translation>
    </message>
    <message>
        <source>Also logs each request and answer, without contents and secrets</source>
        <translation>同时记录每个请求与应答，不含内容和机密</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>ui::shell::MainWindow</name>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close &amp;others</source>
        <translation>关闭其他(&amp;O)</translation>
    </message>
    <message>
        <source>Open in a new &amp;window</source>
        <translation>在新窗口中打开(&amp;W)</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>The bookmark is removed.</source>
        <translation>书签已移除。</translation>
    </message>
    <message>
        <source>Kept under Bookmarks.</source>
        <translation>已保存到书签。</translation>
    </message>
    <message>
        <source>Remove &amp;bookmark</source>
        <translation>移除书签(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Bookmark</source>
        <translation>添加书签(&amp;B)</translation>
    </message>
    <message>
        <source>The encrypted file of passwords is locked. Connections that need one wait for it.</source>
        <translation>密码的加密文件已锁定。需要密码的连接正在等待。</translation>
    </message>
    <message>
        <source>Unlock it…</source>
        <translation>解锁…</translation>
    </message>
    <message>
        <source>The desktop&apos;s keychain cannot be used: passwords last only until this program ends.</source>
        <translation>无法使用桌面的密钥环：密码只保留到本程序结束。</translation>
    </message>
    <message>
        <source>Where secrets are kept</source>
        <translation>机密保存在哪里</translation>
    </message>
    <message numerus="yes">
        <source>%n objects are kept under Bookmarks.</source>
        <translation>
            <numerusform>已把 %n 个对象保存到书签。</numerusform>
        </translation>
    </message>
    <message>
        <source>Signalbox may not write to %1: until the folder is writable, or another is chosen with --home, no connection can be saved and nothing can be published.</source>
        <translation>Signalbox 无权写入 %1：在该文件夹可写或用 --home 选择其他文件夹之前，无法保存连接，也无法发布。</translation>
    </message>
    <message>
        <source>The disk of %1 is full: until there is room on it, nothing can be saved and nothing can be published.</source>
        <translation>%1 所在的磁盘已满：腾出空间之前，无法保存，也无法发布。</translation>
    </message>
    <message>
        <source>Signalbox cannot use the folder %1: until it is put right, or another is chosen with --home, no connection can be saved and nothing can be published.</source>
        <translation>Signalbox 无法使用文件夹 %1：在修复它或用 --home 选择其他文件夹之前，无法保存连接，也无法发布。</translation>
    </message>
</context>
<context>
    <name>ui::shell::Navigation</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>ui::shell::Palette</name>
    <message>
        <source>Search everything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Open in this connection …</source>
        <translation>在此连接中打开…</translation>
    </message>
    <message>
        <source>Search everything …</source>
        <translation>全局搜索…</translation>
    </message>
    <message>
        <source>&gt; commands</source>
        <translation>&gt; 命令</translation>
    </message>
    <message>
        <source>: pages</source>
        <translation>: 页面</translation>
    </message>
    <message>
        <source>Ctrl+Return opens in a new tab</source>
        <translation>Ctrl+Return 在新标签页中打开</translation>
    </message>
    <message>
        <source>Open this address</source>
        <translation>打开此地址</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Open tab · %1</source>
        <translation>打开标签页 · %1</translation>
    </message>
    <message>
        <source>Nothing fits “%1”.</source>
        <translation>没有与“%1”相符的内容。</translation>
    </message>
    <message>
        <source>Without %1 in front everything is looked through.</source>
        <translation>去掉前面的 %1 会查找全部内容。</translation>
    </message>
    <message>
        <source>%1 looks everywhere: in all connections, pages and commands.</source>
        <translation>%1 会在所有连接、页面和命令中查找。</translation>
    </message>
    <message>
        <source>Names are looked through here; %1 searches the contents.</source>
        <translation>这里按名称查找；%1 可搜索内容。</translation>
    </message>
    <message>
        <source>A part of a name is enough.</source>
        <translation>输入名称的一部分即可。</translation>
    </message>
</context>
<context>
    <name>ui::shell::PlanPage</name>
    <message>
        <source>Open a plan…</source>
        <translation>打开计划…</translation>
    </message>
    <message>
        <source>Takes the changes of a plan file</source>
        <translation>取用计划文件中的更改</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>Takes the selected changes out of the plan</source>
        <translation>从计划中取出所选更改</translation>
    </message>
    <message>
        <source>Discard the plan…</source>
        <translation>放弃计划…</translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>%n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>The plan is empty.</source>
        <translation>计划为空。</translation>
    </message>
    <message>
        <source>“Add to plan” in the review of a change keeps it here, to be applied together with others.</source>
        <translation>在检查更改时选择“加入计划”，更改会保存在这里，稍后与其他更改一起应用。</translation>
    </message>
    <message numerus="yes">
        <source>Apply %n changes</source>
        <translation>
            <numerusform>应用 %n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard the plan?</source>
        <translation>放弃计划？</translation>
    </message>
    <message>
        <source>Nothing of it was applied. The changes are lost unless they are saved as a file.</source>
        <translation>其中没有任何内容被应用。除非另存为文件，否则更改将丢失。</translation>
    </message>
    <message numerus="yes">
        <source>Discard %n changes</source>
        <translation>
            <numerusform>放弃 %n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>The plan was not saved</source>
        <translation>计划未保存</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>计划 (*.json)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>打开计划</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Cannot open the plan</source>
        <translation>无法打开计划</translation>
    </message>
    <message>
        <source>Open %1 instead?</source>
        <translation>改为打开 %1？</translation>
    </message>
    <message numerus="yes">
        <source>The plan holds %n changes that were not applied. They are lost unless they are saved as a file.</source>
        <translation>
            <numerusform>计划中有 %n 项未应用的更改。除非另存为文件，否则将丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open instead</source>
        <translation>改为打开</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Reads everything the plan would change again: what is still possible, done already, or in conflict now</source>
        <translation>重新读取计划要更改的所有内容：哪些仍可进行、已经完成或现在有冲突</translation>
    </message>
    <message>
        <source>Reading what the plan would change …</source>
        <translation>正在读取计划要更改的内容……</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n still possible</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n 项仍可进行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n done already</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n 项已经完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n 项有冲突</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be read</source>
        <comment>changes of a plan</comment>
        <translation>
            <numerusform>%n 项无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Compared just now: %1.</source>
        <translation>刚刚比较过：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Begin from what is there now</source>
        <translation>以现有内容为起点</translation>
    </message>
    <message>
        <source>Take these out</source>
        <translation>移除这些</translation>
    </message>
    <message>
        <source>The plan was not changed</source>
        <translation>计划未更改</translation>
    </message>
    <message numerus="yes">
        <source>Plan of %n changes</source>
        <translation>
            <numerusform>含 %n 项更改的计划</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving %1 …</source>
        <translation>正在保存 %1…</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>A file, for somebody else or for later</source>
        <translation>一个文件，供他人或以后使用</translation>
    </message>
</context>
<context>
    <name>ui::shell::Shell</name>
    <message>
        <source>There is no connection “%1”</source>
        <translation>没有名为“%1”的连接</translation>
    </message>
    <message>
        <source>The practice registry did not start</source>
        <translation>练习注册中心未能启动</translation>
    </message>
    <message>
        <source>The plan lasts only until the program ends</source>
        <translation>计划只保留到程序结束</translation>
    </message>
    <message>
        <source>The plan of last time cannot be read</source>
        <translation>无法读取上次的计划</translation>
    </message>
</context>
<context>
    <name>ui::shell::ShellWorkbench</name>
    <message>
        <source>Nothing here can open %1.</source>
        <translation>这里无法打开 %1。</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>完成：%1</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>This cannot be undone</source>
        <translation>这无法撤销</translation>
    </message>
    <message numerus="yes">
        <source>Undo %n changes</source>
        <translation>
            <numerusform>撤销 %n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Mix connections in one plan?</source>
        <translation>在一个计划中混合多个连接？</translation>
    </message>
    <message>
        <source>The plan holds changes of %1. This one belongs to %2: they would be applied together.</source>
        <translation>计划中有 %1 的更改。此更改属于 %2：它们将一起应用。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Add to the same plan</source>
        <translation>加入同一计划</translation>
    </message>
    <message numerus="yes">
        <source>%n changes are in the plan and not applied yet.</source>
        <translation>
            <numerusform>计划中有 %n 项更改，尚未应用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier changes of the same objects were replaced.</source>
        <translation>
            <numerusform>替换了相同对象的 %n 项较早更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>检查…</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>Create %1 again</source>
        <translation>重新创建 %1</translation>
    </message>
    <message>
        <source>%1 is created again.</source>
        <translation>%1 已重新创建。</translation>
    </message>
    <message>
        <source>Undo the deletion of %1</source>
        <translation>撤销对 %1 的删除</translation>
    </message>
    <message>
        <source>%1 is there again.</source>
        <translation>%1 已恢复。</translation>
    </message>
    <message>
        <source>Delete %1 again</source>
        <translation>再次删除 %1</translation>
    </message>
    <message>
        <source>%1 is deleted again.</source>
        <translation>%1 已再次删除。</translation>
    </message>
    <message>
        <source>Undo the creation of %1</source>
        <translation>撤销对 %1 的创建</translation>
    </message>
    <message>
        <source>%1 is taken away again.</source>
        <translation>%1 的创建已撤销。</translation>
    </message>
    <message>
        <source>Change %1 again</source>
        <translation>再次更改 %1</translation>
    </message>
    <message>
        <source>%1 is changed again.</source>
        <translation>%1 已再次更改。</translation>
    </message>
    <message>
        <source>Undo the change of %1</source>
        <translation>撤销对 %1 的更改</translation>
    </message>
    <message>
        <source>The change of %1 is undone.</source>
        <translation>对 %1 的更改已撤销。</translation>
    </message>
    <message>
        <source>Applied, not yet seen when read back: %1</source>
        <translation>已应用，但回读时尚未看到：%1</translation>
    </message>
    <message>
        <source>Applied, in part not yet seen when read back: %1</source>
        <translation>已应用，但回读时有一部分尚未看到：%1</translation>
    </message>
</context>
<context>
    <name>ui::shell::StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>The practice registry did not start</source>
        <translation>练习注册中心未能启动</translation>
    </message>
    <message>
        <source>Welcome to Signalbox</source>
        <translation>欢迎使用 Signalbox</translation>
    </message>
    <message>
        <source>A console for agent registries: browse, compare and change configurations without fear.</source>
        <translation>智能体注册中心控制台：放心地浏览、比较和更改配置。</translation>
    </message>
    <message>
        <source>Start the practice registry</source>
        <translation>启动练习注册中心</translation>
    </message>
    <message>
        <source>A registry on this machine with demo data, to try everything on</source>
        <translation>本机上带有演示数据的注册中心，可随意试用</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>添加连接</translation>
    </message>
    <message>
        <source>Nacos 2.x and 3.x: address, login, environment</source>
        <translation>Nacos 2.x 与 3.x：地址、登录、环境</translation>
    </message>
    <message>
        <source>Import from the environment</source>
        <translation>从环境变量导入</translation>
    </message>
    <message>
        <source>Found %1</source>
        <translation>已找到 %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Takes NACOS_SERVER_ADDR and the other variables of the SDKs</source>
        <translation>读取 NACOS_SERVER_ADDR 等 SDK 环境变量</translation>
    </message>
</context>
<context>
    <name>ui::shell::StatusLine</name>
    <message>
        <source>Settings cannot be saved</source>
        <translation>设置无法保存</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show or hide the log</source>
        <translation>显示或隐藏日志</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>keychain ok</source>
        <translation>钥匙串正常</translation>
    </message>
    <message>
        <source>secrets: this session only</source>
        <translation>机密：仅本次会话</translation>
    </message>
    <message>
        <source>secret file locked</source>
        <translation>机密文件已锁定</translation>
    </message>
    <message>
        <source>secret file open</source>
        <translation>机密文件已打开</translation>
    </message>
    <message>
        <source>The data folder cannot be written: nothing is remembered and nothing can be published.</source>
        <translation>数据文件夹不可写：不会记住任何内容，也不能发布。</translation>
    </message>
    <message>
        <source>The disk is full: nothing is remembered and nothing can be published.</source>
        <translation>磁盘已满：不会记住任何内容，也不能发布。</translation>
    </message>
    <message>
        <source>The data folder cannot be used.</source>
        <translation>数据文件夹无法使用。</translation>
    </message>
    <message>
        <source>%1 was damaged and has been put aside as %2.</source>
        <translation>%1 已损坏，已另存为 %2。</translation>
    </message>
    <message>
        <source>%1 is damaged; it is put right at the next start.</source>
        <translation>%1 已损坏，将在下次启动时修复。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of this program.</source>
        <translation>%1 由本程序的更新版本写入。</translation>
    </message>
    <message>
        <source>This version does not understand the connection “%1”; it is kept as it is.</source>
        <translation>此版本无法识别连接“%1”；它将保持原样。</translation>
    </message>
    <message>
        <source>The connections cannot be read</source>
        <translation>无法读取连接</translation>
    </message>
    <message>
        <source>Another program is bringing the local data up to date; what is kept here comes when it is done.</source>
        <translation>另一个程序正在更新本地数据；完成后即可显示此处保存的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n 条警告</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::shell::TabArea</name>
    <message>
        <source>Open pages</source>
        <translation>打开的页面</translation>
    </message>
    <message>
        <source>Cannot connect to %1</source>
        <translation>无法连接到 %1</translation>
    </message>
    <message>
        <source>%1 is not connected.</source>
        <translation>%1 未连接。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation>正在连接 %1 …</translation>
    </message>
    <message>
        <source>Not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>No page is open.</source>
        <translation>没有打开的页面。</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开%1</translation>
    </message>
    <message>
        <source>%1 opens the one that was closed last again.</source>
        <translation>%1 重新打开最后关闭的页面。</translation>
    </message>
</context>
<context>
    <name>ui::shell::TabSwitcher</name>
    <message>
        <source>Last used tabs</source>
        <translation>最近使用的标签页</translation>
    </message>
</context>
<context>
    <name>ui::shell::TopBar</name>
    <message>
        <source>Search everything …</source>
        <translation>全局搜索…</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Running and finished operations</source>
        <translation>进行中与已完成的操作</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connection: none</source>
        <translation>连接：无</translation>
    </message>
    <message>
        <source>Connection: %1</source>
        <translation>连接：%1</translation>
    </message>
    <message>
        <source>Connection: %1, %2</source>
        <translation>连接：%1，%2</translation>
    </message>
    <message>
        <source>Namespace: %1</source>
        <translation>命名空间：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 项进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Type an ID…</source>
        <translation>输入 ID…</translation>
    </message>
    <message>
        <source>Go to a namespace</source>
        <translation>转到命名空间</translation>
    </message>
    <message>
        <source>Namespace &amp;ID</source>
        <translation>命名空间 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>For accounts that may not list the namespaces. The ID is remembered with the connection.</source>
        <translation>适用于无权列出命名空间的账号。ID 会随连接一起记住。</translation>
    </message>
    <message>
        <source>An ID has no blanks.</source>
        <translation>ID 不能含空格。</translation>
    </message>
    <message>
        <source>Plan %1</source>
        <translation>计划 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n changes wait to be reviewed and applied: %1</source>
        <translation>
            <numerusform>%n 项更改等待检查和应用：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>Plan: %n changes</source>
        <translation>
            <numerusform>计划：%n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (not listed)</source>
        <comment>a namespace that was deleted, or may not be seen</comment>
        <translation>%1（不在列表中）</translation>
    </message>
    <message>
        <source>The server lists no namespace %1.</source>
        <translation>服务器的列表中没有命名空间 %1。</translation>
    </message>
</context>
<context>
    <name>ui::shell::UnlockDialog</name>
    <message>
        <source>&amp;Unlock writes</source>
        <translation>解锁写入(&amp;U)</translation>
    </message>
    <message>
        <source>Unlock writes on %1</source>
        <translation>解锁 %1 的写入</translation>
    </message>
    <message>
        <source>%1 is protected: nothing is written until you unlock it, and it locks itself again. The unlock holds for this window and for signalboxctl.</source>
        <translation>%1 受保护：解锁之前不会写入任何内容，之后会自动重新锁定。解锁对本窗口和 signalboxctl 都有效。</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>For example a ticket number</source>
        <translation>例如工单编号</translation>
    </message>
    <message>
        <source>&amp;For</source>
        <translation>时长(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Writes were not unlocked</source>
        <translation>写入未解锁</translation>
    </message>
</context>
<context>
    <name>ui::workbench::Activity</name>
    <message numerus="yes">
        <source>%n applied</source>
        <translation>
            <numerusform>已应用 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <translation>
            <numerusform>%n 项冲突</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 项失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer</source>
        <translation>
            <numerusform>%n 项没有回应</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not started</source>
        <translation>
            <numerusform>%n 项未开始</numerusform>
        </translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已应用</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>ui::workbench::PlanPanel</name>
    <message>
        <source>create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已应用</translation>
    </message>
    <message>
        <source>applied, not yet seen</source>
        <translation>已应用，尚未读到</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 is taken away</source>
        <translation>%1：%2 将被取消</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Changes of this plan</source>
        <translation>此计划的更改</translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reason (optional)</source>
        <translation>原因（可选）(&amp;R)</translation>
    </message>
    <message>
        <source>Goes into the ledger, for example a ticket number</source>
        <translation>记入账本，例如工单编号</translation>
    </message>
    <message>
        <source>&amp;Undo…</source>
        <translation>撤销(&amp;U)…</translation>
    </message>
    <message>
        <source>The server compares before it writes: a change made meanwhile is never overwritten.</source>
        <translation>服务器在写入前比较：期间的更改绝不会被覆盖。</translation>
    </message>
    <message>
        <source>This cannot be undone completely.</source>
        <translation>这无法完全撤销。</translation>
    </message>
    <message>
        <source>now · %1</source>
        <translation>现在 · %1</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is read-only. Unlocking its writes needs a reason.</source>
        <translation>%1 为只读。解锁写入需要填写原因。</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Unlock for %n minutes</source>
        <translation>
            <numerusform>解锁 %n 分钟(&amp;U)</numerusform>
        </translation>
    </message>
    <message>
        <source>Unlock writes first.</source>
        <translation>请先解锁写入。</translation>
    </message>
    <message>
        <source>Type “%1” first.</source>
        <translation>请先输入“%1”。</translation>
    </message>
    <message>
        <source>Give a reason first.</source>
        <translation>请先填写原因。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Writes were not unlocked</source>
        <translation>写入未解锁</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>没有更改任何内容</translation>
    </message>
    <message>
        <source>Not all changes were made</source>
        <translation>并非所有更改都已完成</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else meanwhile. Nothing was overwritten.</source>
        <translation>%1 期间被他人更改。没有覆盖任何内容。</translation>
    </message>
    <message>
        <source>The server gave no answer about %1. It is looked up as soon as the server can be reached.</source>
        <translation>服务器没有就 %1 作出应答。一旦服务器可达即会查明。</translation>
    </message>
    <message>
        <source>%1 was not changed</source>
        <translation>%1 未更改</translation>
    </message>
    <message>
        <source>%1 was not changed.</source>
        <translation>%1 未更改。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n changes applied.</source>
        <translation>
            <numerusform>%n 项更改中已应用 %1 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>It was not added to the plan</source>
        <translation>未加入计划</translation>
    </message>
    <message numerus="yes">
        <source>%n changes applied.</source>
        <translation>
            <numerusform>已应用 %n 项更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>&amp;Add to plan</source>
        <translation>加入计划(&amp;A)</translation>
    </message>
    <message>
        <source>Keeps it to be reviewed and applied later, together with other changes</source>
        <translation>保留下来，稍后与其他更改一起检查和应用</translation>
    </message>
    <message>
        <source>T&amp;ype “%1”</source>
        <translation>输入“%1”(&amp;Y)</translation>
    </message>
    <message>
        <source>Conflict check</source>
        <translation>冲突检查</translation>
    </message>
    <message>
        <source>Some of it is done already or in conflict: take that out, or begin from what is there now.</source>
        <translation>其中有些已经完成或有冲突：请移除它们，或以现有内容为起点。</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>可进行</translation>
    </message>
    <message>
        <source>done already</source>
        <translation>已经完成</translation>
    </message>
    <message>
        <source>in conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>complete</source>
        <comment>how far an undo goes</comment>
        <translation>完整</translation>
    </message>
    <message>
        <source>in part</source>
        <comment>how far an undo goes</comment>
        <translation>部分</translation>
    </message>
    <message>
        <source>impossible</source>
        <comment>how far an undo goes</comment>
        <translation>不可</translation>
    </message>
    <message>
        <source>CAS</source>
        <comment>compare and swap, by the server</comment>
        <translation>CAS</translation>
    </message>
    <message>
        <source>read, then write</source>
        <comment>there is no compare and swap for it</comment>
        <translation>先读后写</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Read and compared, then written: a change somebody makes in between would be overwritten.</source>
        <translation>先读取并比较，再写入：其间他人所作的更改会被覆盖。</translation>
    </message>
    <message>
        <source>type</source>
        <comment>attribute of a change</comment>
        <translation>类型</translation>
    </message>
    <message>
        <source>app</source>
        <comment>attribute of a change</comment>
        <translation>应用</translation>
    </message>
    <message>
        <source>description</source>
        <comment>attribute of a change</comment>
        <translation>描述</translation>
    </message>
    <message>
        <source>tags</source>
        <comment>attribute of a change</comment>
        <translation>标签</translation>
    </message>
    <message>
        <source>use</source>
        <comment>attribute of a change</comment>
        <translation>用途</translation>
    </message>
    <message>
        <source>effect</source>
        <comment>attribute of a change</comment>
        <translation>效果</translation>
    </message>
    <message>
        <source>schema</source>
        <comment>attribute of a change</comment>
        <translation>模式</translation>
    </message>
    <message>
        <source>data key</source>
        <comment>attribute of a change</comment>
        <translation>数据密钥</translation>
    </message>
    <message>
        <source>name</source>
        <comment>attribute of a change</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>addresses</source>
        <comment>attribute of a change</comment>
        <translation>地址</translation>
    </message>
    <message>
        <source>It was changed by somebody else meanwhile.</source>
        <translation>它在此期间被其他人修改了。</translation>
    </message>
    <message>
        <source>One moment: the changes are being read.</source>
        <translation>请稍候：正在读取这些变更。</translation>
    </message>
    <message>
        <source>%1 is like this already: somebody else made the same change.</source>
        <translation>%1 已经是这样：其他人做了同样的修改。</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else meanwhile. You see what it is now.</source>
        <translation>%1 在此期间被其他人修改了。您看到的是它现在的内容。</translation>
    </message>
    <message>
        <source>Begin from what is there now</source>
        <translation>以现有内容为起点</translation>
    </message>
    <message>
        <source>&amp;Merge…</source>
        <translation>合并(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>%1 is out of reach: what stands here as the server&apos;s is what was seen last, and nothing can be written until it is back.</source>
        <translation>无法连接 %1：这里显示的服务器内容是最后一次看到的，恢复连接之前无法写入。</translation>
    </message>
    <message>
        <source>Read and compared, then deleted: a change somebody makes in between goes with it.</source>
        <translation>先读取并比较，再删除：期间他人所做的更改会一并被删除。</translation>
    </message>
    <message>
        <source>did not exist</source>
        <translation>当时不存在</translation>
    </message>
    <message>
        <source>seen last · %1</source>
        <translation>最后看到 · %1</translation>
    </message>
    <message>
        <source>configs</source>
        <comment>attribute of a change</comment>
        <translation>配置数</translation>
    </message>
    <message numerus="yes">
        <source>Stopping… %n on their way</source>
        <translation>
            <numerusform>正在停止…还有 %n 项已发出、等待结果</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message numerus="yes">
        <source>Too late to stop: %n changes were on their way and are applied.</source>
        <translation>
            <numerusform>来不及停止：%n 项更改已经发出，并已生效。</numerusform>
        </translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>All changes were applied; none was seen yet when it was read back.</source>
        <translation>所有更改均已应用；回读时尚未看到任何一项。</translation>
    </message>
    <message>
        <source>All changes were applied; not all were seen yet when they were read back.</source>
        <translation>所有更改均已应用；回读时尚未全部看到。</translation>
    </message>
</context>
<context>
    <name>ui::workbench::Summary</name>
    <message>
        <source>undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Create namespace %1</source>
        <translation>创建命名空间 %1</translation>
    </message>
    <message>
        <source>Update namespace %1</source>
        <translation>更新命名空间 %1</translation>
    </message>
    <message>
        <source>Delete namespace %1</source>
        <translation>删除命名空间 %1</translation>
    </message>
    <message>
        <source>Beta release of %1 for %2</source>
        <translation>向 %2 发布 %1 的 Beta 版</translation>
    </message>
    <message>
        <source>Stop the beta release of %1</source>
        <translation>停止 %1 的 Beta 发布</translation>
    </message>
    <message>
        <source>Create %1, %2 bytes</source>
        <translation>创建 %1，%2 字节</translation>
    </message>
    <message>
        <source>Update %1, %2 bytes</source>
        <translation>更新 %1，%2 字节</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>创建 %1</translation>
    </message>
    <message>
        <source>Update %1</source>
        <translation>更新 %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 项更改</translation>
    </message>
    <message>
        <source>again: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Restore %1 as of %2</source>
        <translation>将 %1 恢复到 %2 的版本</translation>
    </message>
    <message>
        <source>Restore %1 with MD5 %2</source>
        <translation>将 %1 恢复到 MD5 为 %2 的版本</translation>
    </message>
</context>
<context>
    <name>ui::workbench::Unreadable</name>
    <message>
        <source>%1: no password is known for %2.</source>
        <extracomment>%1 is what failed (&quot;Cannot load the history&quot;), %2 a connection</extracomment>
        <translation>%1：没有 %2 的密码。</translation>
    </message>
    <message>
        <source>Enter the password of %1…</source>
        <translation>输入 %1 的密码…</translation>
    </message>
    <message>
        <source>Enter the password…</source>
        <translation>输入密码…</translation>
    </message>
</context>
</TS>
