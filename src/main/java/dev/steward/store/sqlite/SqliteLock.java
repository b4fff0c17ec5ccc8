// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The lock by which one server keeps others off its file. It goes with its process.
final class SqliteLock implements AutoCloseable {
  private final FileChannel channel;

  private SqliteLock(FileChannel channel) {
    this.channel = channel;
  }

  static SqliteLock of(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new ApiException(ErrorCode.CONFLICT, refusal(file), e);
    }
    if (lock == null) {
      channel.close();
      throw new ApiException(ErrorCode.CONFLICT, refusal(file));
    }
    return new SqliteLock(channel);
  }

  private static String refusal(Path file) {
    return "another Steward has "
        + file
        + " open: stop it, or give this one a folder of its own with --data";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
