// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/profile.h"

#include <functional>
#include <QObject>
#include <QStringList>

class QComboBox;
class QLineEdit;
class QWidget;

namespace ui::connection {

/// The fields of one core::profiles::Tls with its passphrase, for HTTP and for gRPC alike; owns nothing but the wiring, the widgets belong
/// to the form they are added to.
class TlsFields final : public QObject {
    Q_OBJECT
public:
    using AddField = std::function<void(const QString &id, const QString &label, QWidget *field, const QString &hint)>;
    /// `prefix`: of the field ids, `http` or `grpc`.
    TlsFields(const QString &prefix, const AddField &add, QWidget *parent);

    enum class Passphrase { Saved, Missing };
    void load(const core::profiles::Tls &tls, Passphrase passphrase);
    core::profiles::Tls value() const;
    /// Typed now; empty: nothing was typed.
    QString passphrase() const;
    void accept(const QByteArray &sha256);
    /// Ids of those that make sense with the chosen kind of trust.
    QStringList shownFields() const;
    QStringList fieldIds() const;

Q_SIGNALS:
    void edited();

private:
    QWidget *fileField(QLineEdit *edit, const QString &title, const QString &name);
    QString m_prefix;
    QComboBox *m_trust;
    QLineEdit *m_caFile, *m_fingerprint, *m_certFile, *m_keyFile, *m_passphrase;
};

} // namespace ui::connection
