// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/secretvault.h"

#include "core/base/redactor.h"
#include "core/base/sharedfile.h"
#include "core/credentials/encryptedfile.h"
#include "core/credentials/keychain.h"

#include <deque>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core::credentials {

namespace {

constexpr auto ProbeKey = "probe"_L1;

struct Unlocked {
    FileKey key;
    bool isNew = false;
};

/// On a worker thread: derives the key and proves it on the file.
Result<Unlocked> unlockFile(const QString &passphrase, const QByteArray &file)
{
    auto key = file.isEmpty() ? deriveKey(passphrase) : deriveKey(passphrase, file);
    if (!key)
        return fail(key.error());
    if (!file.isEmpty()) {
        if (const auto secrets = unseal(file, *key); !secrets)
            return fail(secrets.error());
    }
    return Unlocked{*std::move(key), file.isEmpty()};
}

} // namespace

struct SecretVault::Private {
    using Step = std::function<void(std::function<void()> done)>;

    SecretVault &q;
    VaultOptions options;
    std::shared_ptr<Keychain> keychain;
    Kind kind = Kind::Memory;
    QString text, rawError;
    Secrets memory;
    std::optional<FileKey> fileKey;
    std::deque<Step> queue; // one after another: the keychain takes one job at a time, and answers must not overtake writes
    bool busy = false;
    SharedFile file;             // its last edits use what is above
    OperationTracker operations; // last: destroyed first

    Private(SecretVault &vault, const VaultOptions &given)
        : q(vault)
        , options(given)
        , keychain(given.keychain ? given.keychain : std::shared_ptr<Keychain>(systemKeychain(given.service)))
        , file(given.file)
    {
    }

    void enqueue(Step step)
    {
        queue.push_back(std::move(step));
        QTimer::singleShot(0, &q, [this] { next(); });
    }
    void next()
    {
        if (busy || queue.empty())
            return;
        busy = true;
        const Step step = std::move(queue.front());
        queue.pop_front();
        step([this] {
            busy = false;
            QTimer::singleShot(0, &q, [this] { next(); });
        });
    }
    void become(Kind newKind, const QString &newText, const QString &newError = {})
    {
        const bool same = kind == newKind && text == newText && rawError == newError;
        kind = newKind;
        text = newText;
        rawError = newError;
        if (!same)
            Q_EMIT q.stateChanged();
    }
    void fallBack(const QString &error) { become(Kind::Memory, u"session memory: the keychain cannot be used"_s, Redactor::redact(error)); }

    /// One question to the keychain with our own timeout; `handler` is called exactly once.
    template <class Ask>
    void ask(Ask &&question, Keychain::Handler handler)
    {
        auto *once = new QObject(&q);
        const auto answered = [once, handler = std::move(handler)](const KeychainAnswer &answer) {
            once->disconnect();
            once->deleteLater();
            handler(answer);
        };
        auto *timer = new QTimer(once);
        timer->setSingleShot(true);
        QObject::connect(timer, &QTimer::timeout, once, [answered, limit = options.keychainTimeout] {
            answered({KeychainAnswer::Code::Unusable,
                      {},
                      u"no answer within %1 s"_s.arg(std::chrono::ceil<std::chrono::seconds>(limit).count())});
        });
        timer->start(options.keychainTimeout);
        question(once, [timer, answered](const KeychainAnswer &answer) {
            if (!timer->isActive())
                return; // given up already
            timer->stop();
            answered(answer);
        });
    }
    void probe(std::function<void()> done)
    {
        if (const QString why = keychain->absent(); !why.isEmpty()) {
            fallBack(why);
            return done();
        }
        ask([this](QObject *context, Keychain::Handler handler) { keychain->read(context, ProbeKey, std::move(handler)); },
            [this, done = std::move(done)](const KeychainAnswer &answer) {
                if (answer.code == KeychainAnswer::Code::Unusable)
                    fallBack(answer.error);
                else
                    become(Kind::Keychain, u"desktop keychain"_s);
                done();
            });
    }
    /// With the keychain as the store: what session memory holds moves over.
    void moveMemoryToKeychain(std::function<void()> done)
    {
        if (memory.isEmpty() || kind != Kind::Keychain)
            return done();
        const QString key = memory.firstKey(), value = memory.first();
        ask([this, key, value](QObject *context, Keychain::Handler handler) { keychain->write(context, key, value, std::move(handler)); },
            [this, key, done = std::move(done)](const KeychainAnswer &answer) {
                if (answer.code != KeychainAnswer::Code::Ok) {
                    if (answer.code == KeychainAnswer::Code::Unusable)
                        fallBack(answer.error);
                    return done();
                }
                memory.remove(key);
                moveMemoryToKeychain(done);
            });
    }

    bool isLocked() const { return kind == Kind::EncryptedFile && !fileKey; }
    void lock(const QString &error)
    {
        fileKey.reset();
        become(Kind::EncryptedFile, u"encrypted file, locked: it needs its passphrase"_s, error);
    }
    static Error lockedError() { return {Error::Kind::Auth, u"the secret file is locked: it needs its passphrase"_s, 0, false}; }

    /// The secrets of the file as they are now: another program may have changed them.
    Result<Secrets> secretsIn(const QByteArray &content)
    {
        if (!fileKey)
            return fail(lockedError());
        if (content.isEmpty())
            return Secrets{};
        if (!belongsTo(*fileKey, content)) {
            lock(u"another program has changed its passphrase"_s);
            return fail(lockedError());
        }
        return unseal(content, *fileKey);
    }
    Reply<Done> *editFile(std::function<void(Secrets &)> change)
    {
        return file.edit([this, change = std::move(change)](const QByteArray &content) -> Result<QByteArray> {
            auto secrets = secretsIn(content);
            if (!secrets)
                return fail(secrets.error());
            change(*secrets);
            return seal(*secrets, *fileKey);
        });
    }
    void openFile(const QString &passphrase, std::function<void(const Result<Done> &)> done)
    {
        if (passphrase.isEmpty())
            return done(fail(Error::Kind::Usage, u"the passphrase is empty"_s));
        const auto content = file.read();
        if (!content)
            return done(fail(content.error()));
        Redactor::learn(passphrase);
        const auto opened = [this, done = std::move(done)](const Result<Unlocked> &unlocked) {
            if (!unlocked)
                return done(fail(unlocked.error()));
            const auto before = std::exchange(fileKey, unlocked->key);
            editFile([this](Secrets &secrets) { secrets.insert(memory); })->then(&q, [this, before, done](const Result<Done> &written) {
                if (!written) {
                    fileKey = before;
                    return done(written);
                }
                memory.clear();
                become(Kind::EncryptedFile, u"encrypted file"_s);
                done(Done{});
            });
        };
        options.workers->run(
            &q, [passphrase, sealed = *content] { return unlockFile(passphrase, sealed); }, opened);
    }
};

SecretVault::SecretVault(const VaultOptions &options, QObject *parent)
    : SecretStore(parent)
    , m_d(std::make_unique<Private>(*this, options))
{
    switch (options.use) {
    case VaultOptions::Use::Memory:
        m_d->text = u"session memory, by choice"_s;
        break;
    case VaultOptions::Use::DesktopKeychain:
        m_d->text = u"looking for the keychain"_s;
        m_d->enqueue([this](std::function<void()> done) { m_d->probe(std::move(done)); });
        break;
    case VaultOptions::Use::EncryptedFile:
        m_d->lock({});
        if (!options.passphrase.isEmpty()) {
            m_d->enqueue([this, passphrase = options.passphrase](std::function<void()> done) {
                m_d->openFile(passphrase, [this, done = std::move(done)](const Result<Done> &opened) {
                    if (!opened)
                        m_d->lock(opened.error().message);
                    done();
                });
            });
        }
        break;
    }
    m_d->options.passphrase.clear();
}

SecretVault::~SecretVault() = default;

SecretStore::Kind SecretVault::kind() const
{
    return m_d->kind;
}

QString SecretVault::stateText() const
{
    return m_d->text;
}

QString SecretVault::rawError() const
{
    return m_d->rawError;
}

bool SecretVault::isLocked() const
{
    return m_d->isLocked();
}

Reply<std::optional<QString>> *SecretVault::read(const QString &key)
{
    using Answer = std::optional<QString>;
    auto *reply = m_d->operations.track(new Reply<Answer>);
    m_d->enqueue([this, key, reply = QPointer(reply)](std::function<void()> done) {
        const auto settle = [reply, done = std::move(done)](Result<Answer> answer) {
            if (answer && *answer)
                Redactor::learn(**answer);
            if (reply)
                reply->settle(std::move(answer));
            done();
        };
        const auto from = [key](const Secrets &secrets) {
            const auto it = secrets.constFind(key);
            return it == secrets.constEnd() ? Answer() : Answer(*it);
        };
        switch (m_d->kind) {
        case Kind::Memory:
            return settle(from(m_d->memory));
        case Kind::EncryptedFile: {
            const auto content = m_d->file.read();
            const auto secrets = content ? m_d->secretsIn(*content) : Result<Secrets>(fail(content.error()));
            return settle(secrets ? Result<Answer>(from(*secrets)) : fail(secrets.error()));
        }
        case Kind::Keychain:
            m_d->ask([this, key](QObject *context, Keychain::Handler handler) { m_d->keychain->read(context, key, std::move(handler)); },
                     [this, settle](const KeychainAnswer &answer) {
                         switch (answer.code) {
                         case KeychainAnswer::Code::Ok:
                             return settle(Answer(answer.text));
                         case KeychainAnswer::Code::NotFound:
                             return settle(Answer());
                         case KeychainAnswer::Code::Denied:
                             return settle(fail(Error::Kind::Auth, u"keychain: "_s + Redactor::redact(answer.error)));
                         case KeychainAnswer::Code::Unusable:
                             m_d->fallBack(answer.error);
                             return settle(Answer());
                         }
                     });
        }
    });
    return reply;
}

Reply<Done> *SecretVault::write(const QString &key, const QString &value)
{
    Redactor::learn(value);
    auto *reply = m_d->operations.track(new Reply<Done>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    m_d->enqueue([this, key, value, reply = QPointer(reply)](std::function<void()> done) {
        const auto settle = [reply, done = std::move(done)](const Result<Done> &written) {
            if (reply)
                reply->settle(written);
            done();
        };
        switch (m_d->kind) {
        case Kind::Memory:
            m_d->memory.insert(key, value);
            return settle(Done{});
        case Kind::EncryptedFile:
            m_d->editFile([key, value](Secrets &secrets) { secrets.insert(key, value); })->then(this, settle);
            return;
        case Kind::Keychain:
            m_d->ask([this, key, value](QObject *context,
                                        Keychain::Handler handler) { m_d->keychain->write(context, key, value, std::move(handler)); },
                     [this, key, value, settle](const KeychainAnswer &answer) {
                         if (answer.code == KeychainAnswer::Code::Ok)
                             return settle(Done{});
                         if (answer.code == KeychainAnswer::Code::Denied)
                             return settle(fail(Error::Kind::Auth, u"keychain: "_s + Redactor::redact(answer.error)));
                         m_d->fallBack(answer.error);
                         m_d->memory.insert(key, value);
                         settle(Done{});
                     });
        }
    });
    return reply;
}

Reply<Done> *SecretVault::remove(const QString &key)
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    reply->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    m_d->enqueue([this, key, reply = QPointer(reply)](std::function<void()> done) {
        const auto settle = [reply, done = std::move(done)](const Result<Done> &removed) {
            if (reply)
                reply->settle(removed);
            done();
        };
        m_d->memory.remove(key);
        switch (m_d->kind) {
        case Kind::Memory:
            return settle(Done{});
        case Kind::EncryptedFile:
            m_d->editFile([key](Secrets &secrets) { secrets.remove(key); })->then(this, settle);
            return;
        case Kind::Keychain:
            m_d->ask([this, key](QObject *context, Keychain::Handler handler) { m_d->keychain->remove(context, key, std::move(handler)); },
                     [this, settle](const KeychainAnswer &answer) {
                         if (answer.code == KeychainAnswer::Code::Denied)
                             return settle(fail(Error::Kind::Auth, u"keychain: "_s + Redactor::redact(answer.error)));
                         if (answer.code == KeychainAnswer::Code::Unusable) {
                             m_d->fallBack(answer.error);
                             return settle(fail(Error::Kind::Internal, u"keychain: "_s + Redactor::redact(answer.error)));
                         }
                         settle(Done{});
                     });
        }
    });
    return reply;
}

Reply<Done> *SecretVault::probed()
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    m_d->enqueue([reply = QPointer(reply)](const std::function<void()> &done) {
        if (reply)
            reply->settle(Done{});
        done();
    });
    return reply;
}

Reply<Done> *SecretVault::useEncryptedFile(const QString &passphrase)
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    m_d->enqueue([this, passphrase, reply = QPointer(reply)](std::function<void()> done) {
        m_d->openFile(passphrase, [reply, done = std::move(done)](const Result<Done> &opened) {
            if (reply)
                reply->settle(opened);
            done();
        });
    });
    return reply;
}

Reply<Done> *SecretVault::useKeychain()
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    m_d->enqueue([this, reply = QPointer(reply)](const std::function<void()> &done) {
        const Kind before = m_d->kind;
        const QString text = m_d->text;
        m_d->probe([this, reply, done, before, text] {
            const bool usable = m_d->kind == Kind::Keychain;
            const QString error = m_d->rawError;
            if (!usable && before == Kind::EncryptedFile)
                m_d->become(before, text); // the choice that works stays
            m_d->moveMemoryToKeychain([reply, done, usable, error] {
                if (reply)
                    reply->settle(usable ? Result<Done>(Done{}) : fail(Error::Kind::Internal, u"the keychain cannot be used: "_s + error));
                done();
            });
        });
    });
    return reply;
}

Reply<Done> *SecretVault::useMemory()
{
    auto *reply = m_d->operations.track(new Reply<Done>);
    m_d->enqueue([this, reply = QPointer(reply)](const std::function<void()> &done) {
        m_d->become(Kind::Memory, u"session memory, by choice"_s);
        if (reply)
            reply->settle(Done{});
        done();
    });
    return reply;
}

} // namespace core::credentials
