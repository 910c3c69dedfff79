// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <QList>
#include <QString>
#include <QWidget>

namespace tests {

struct Scene {
    QString name;
    std::function<std::unique_ptr<QWidget>()> make;
};
QList<Scene> scenes();

std::unique_ptr<QWidget> iconScene();
std::unique_ptr<QWidget> controlScene();
std::unique_ptr<QWidget> listScene();
std::unique_ptr<QWidget> editorScene();
std::unique_ptr<QWidget> stateScene();
std::unique_ptr<QWidget> promptScene();
std::unique_ptr<QWidget> keysScene();
std::unique_ptr<QWidget> formScene();
std::unique_ptr<QWidget> diffScene();
std::unique_ptr<QWidget> unifiedScene();
std::unique_ptr<QWidget> mergeScene();

} // namespace tests
