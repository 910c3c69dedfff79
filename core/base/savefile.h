// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSaveFile>

namespace core {

/// Ends the writing of a file that is replaced as a whole. False: what was there stays as it was, errorString() says why.
/// (QSaveFile::commit() alone renames a file that lacks what was still buffered when the disk was full, and calls it a success.)
inline bool commitWhole(QSaveFile &file)
{
    if (file.flush())
        return file.commit();
    file.cancelWriting();
    return false;
}

} // namespace core
