// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/peers/nacos-client/workplace.h"

namespace tests {

/// What core/nacos must be able to do against any registry. Subclasses name the registry.
class RegistryScenarios : public QObject {
    Q_OBJECT
protected:
    virtual Target target() = 0;

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void connects();
    void wrongPassword();
    void createsReadsUpdatesDeletes();
    void keepsEveryAttribute();
    void clearsAttributes();
    void contentsSurvive_data();
    void contentsSurvive();
    void everyCharacterOfADataId();
    void aStaleWriteIsAConflict();
    void aReleaseForSomeAddresses();
    void absentIsAValue();
    void listsEverythingThatMatches();
    void searchesContents();
    void historyTellsStates();
    void restores();
    void watchesAndIsTold();
    void watchSurvivesACut();
    void watchesANamespace();
    void tellsWhoListens();
    void namespaces();
    void publicIsEmpty();
    void encryptedStaysOpaque();
    void oneShot();
    void withoutGrpc();
    void manyAtOnce();

private:
    bool isV2(); ///< in what v1 and v3 differ

    std::unique_ptr<Workplace> m_work;
    QString m_run; ///< makes names of this run
};

} // namespace tests
