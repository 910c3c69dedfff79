// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMainWindow>
#include <QStandardItemModel>
#include <QTableView>

/// What a window costs before anything of ours: one table of 100 rows in a main window of our size. The measure for the rows of start
/// and memory, looked at by the same plugin.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardItemModel model(100, 8);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            model.setItem(row, column, new QStandardItem(QStringLiteral("row %1, column %2").arg(row).arg(column)));
    }
    QMainWindow window;
    auto *table = new QTableView(&window);
    table->setObjectName(QStringLiteral("table"));
    table->setModel(&model);
    window.setCentralWidget(table);
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
