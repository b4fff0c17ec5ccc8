// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to be the only process that writes in a folder; the system ends it with the process.
public final class FolderLock implements Closeable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws ApiException CONFLICT when somebody else has it
  public static FolderLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw refused(folder, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw refused(folder, null);
  }

  private static ApiException refused(
      Path folder, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        folder
            + " is in use by another server: stop that one, or start this one with another --data"
            + " folder";
    return cause == null
        ? new ApiException(ErrorCode.CONFLICT, message)
        : new ApiException(ErrorCode.CONFLICT, message, cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
