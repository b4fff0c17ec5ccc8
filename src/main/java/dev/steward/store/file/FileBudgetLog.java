// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.control.budget.BudgetLog;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The budget log in one file. A record is handed to the system before `append` returns, so it
/// outlives the process; the header names the boot of the machine, since after another boot what
/// was not synced may be missing. Only `replace` names the boot anew: until then a crash leaves the
/// file as doubtful as it was. No channel: an interrupt of a call must not close the file.
public final class FileBudgetLog implements BudgetLog {
  private static final String NAME = "budgets.log";
  private static final String NEXT = "budgets.next";

  /// Told by a frame's count: a record, or the mark of a clean end.
  private static final int RECORD = 0;

  private static final int CLOSED = 1;

  private static final int COPIED_BYTES = 1 << 16;

  private final Path folder;
  private final FolderLock lock;
  private final String boot;
  private final RandomGenerator salts;
  private final Past past;
  private final Object appending = new Object();
  private final Object syncing = new Object();
  private RandomAccessFile file;
  private long salt;
  private long end;
  private volatile boolean dirty;
  private boolean closed;

  private FileBudgetLog(Path folder, FolderLock lock, String boot, RandomGenerator salts)
      throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.boot = boot;
    this.salts = salts;
    Files.deleteIfExists(folder.resolve(NEXT));
    Path path = folder.resolve(NAME);
    BudgetLogHeader header = Files.exists(path) ? BudgetLogHeader.read(path) : null;
    if (header == null) {
      this.past = new Past(List.of(), false);
      this.file = write(List.of(), "");
    } else {
      this.past = read(path, header, boot);
      this.file = new RandomAccessFile(path.toFile(), "rw");
      this.salt = header.salt();
      this.end = file.length();
      file.seek(end);
    }
  }

  /// Opens the log in a folder, creating it.
  ///
  /// @throws ApiException CONFLICT when another server has it open, STORAGE_FAILED when the folder
  ///   cannot be used
  public static FileBudgetLog open(Path folder) {
    return open(folder, BudgetLogHeader.thisBoot());
  }

  /// Opens the log on a machine whose boot has the name, "" where that cannot be told.
  public static FileBudgetLog open(Path folder, String boot) {
    return open(folder, boot, new SecureRandom());
  }

  private static FileBudgetLog open(Path folder, String boot, RandomGenerator salts) {
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        return new FileBudgetLog(folder, lock, boot, salts);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("the folder " + folder + " of the budget log cannot be used", e);
    }
  }

  @Override
  public Past past() {
    return past;
  }

  @Override
  public void append(byte[] record) {
    append(record, RECORD);
  }

  private void append(byte[] record, int kind) {
    synchronized (appending) {
      if (closed) {
        throw new ApiException(ErrorCode.STORAGE_FAILED, "the server is stopping: try again later");
      }
      byte[] frame = frame(record, kind, salt, end);
      try {
        file.write(frame);
        end += frame.length;
        dirty = true;
      } catch (IOException e) {
        cut();
        throw failed("the budget log cannot be written", e);
      }
    }
  }

  /// Takes away what a failed write may have left.
  private void cut() {
    try {
      file.setLength(end);
      file.seek(end);
    } catch (IOException e) {
      closed = true;
      throw failed("the budget log cannot be cut after a failed write; restart the server", e);
    }
  }

  @Override
  public void sync() {
    synchronized (syncing) {
      if (!dirty) {
        return;
      }
      dirty = false;
      try {
        file.getFD().sync();
      } catch (IOException e) {
        dirty = true;
        throw failed("the budget log cannot be synced", e);
      }
    }
  }

  @Override
  public void replace(List<byte[]> records) {
    synchronized (syncing) {
      synchronized (appending) {
        try {
          RandomAccessFile next = write(records, boot);
          file.close();
          file = next;
          dirty = false;
        } catch (IOException e) {
          throw failed("the budget log cannot be written anew", e);
        }
      }
    }
  }

  /// Writes what the log holds by now into another folder, whole and with the mark of a clean end,
  /// while records go on being appended to this one. Calls that have not ended by then are charged
  /// what they had reserved where the copy is opened.
  public void copyTo(Path target) {
    try {
      Files.createDirectories(target);
      Cut cut = cutNow();
      try (InputStream from = cut.from();
          FileOutputStream out = new FileOutputStream(target.resolve(NAME).toFile())) {
        for (long left = cut.length(); left > 0; ) {
          byte[] part = from.readNBytes((int) Math.min(left, COPIED_BYTES));
          if (part.length == 0) {
            throw new EOFException(left + " bytes of it are missing");
          }
          out.write(part);
          left -= part.length;
        }
        out.write(frame(new byte[0], CLOSED, cut.salt(), cut.length()));
        out.getFD().sync();
      }
    } catch (IOException e) {
      throw failed("the budget log cannot be copied to " + target, e);
    }
  }

  /// The log as it is at one moment: what is open stays the same file, also when it is replaced.
  private record Cut(InputStream from, long length, long salt) {}

  private Cut cutNow() throws IOException {
    synchronized (appending) {
      return new Cut(new FileInputStream(folder.resolve(NAME).toFile()), end, salt);
    }
  }

  @Override
  public long bytes() {
    synchronized (appending) {
      return end;
    }
  }

  @Override
  public void close() {
    synchronized (syncing) {
      synchronized (appending) {
        if (closed) {
          return;
        }
        append(new byte[0], CLOSED);
        closed = true;
        try {
          file.getFD().sync();
          file.close();
          lock.close();
        } catch (IOException e) {
          throw failed("the budget log cannot be closed", e);
        }
      }
    }
  }

  /// Lets go of it as it is, without the mark of a clean end.
  public void abandon() {
    synchronized (syncing) {
      synchronized (appending) {
        closed = true;
        try {
          file.close();
          lock.close();
        } catch (IOException e) {
          throw failed("the budget log cannot be closed", e);
        }
      }
    }
  }

  /// Writes a file beside the one in use and gives it its name.
  private RandomAccessFile write(List<byte[]> records, String bootNow) throws IOException {
    long fresh = salts.nextLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new BudgetLogHeader(fresh, bootNow).bytes());
    for (byte[] record : records) {
      bytes.writeBytes(frame(record, RECORD, fresh, bytes.size()));
    }
    Path next = folder.resolve(NEXT);
    try (FileOutputStream out = new FileOutputStream(next.toFile())) {
      bytes.writeTo(out);
      out.getFD().sync();
    }
    Disk.REAL.publish(next, folder.resolve(NAME));
    RandomAccessFile written = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
    written.seek(bytes.size());
    salt = fresh;
    end = bytes.size();
    return written;
  }

  private static byte[] frame(byte[] record, int kind, long salt, long offset) {
    FrameHead head = new FrameHead(record.length, 0, kind, FrameHead.bodySum(record));
    return ByteBuffer.allocate(FrameHead.BYTES + record.length)
        .put(head.bytes(salt, offset))
        .put(record)
        .array();
  }

  private static Past read(Path path, BudgetLogHeader header, String boot) throws IOException {
    List<byte[]> records = new ArrayList<>();
    boolean sound = true;
    boolean ended = false;
    long length = Files.size(path);
    try (FrameCursor cursor = new FrameCursor(path, header.salt(), BudgetLogHeader.BYTES)) {
      long at = BudgetLogHeader.BYTES;
      while (at < length) {
        switch (cursor.next(length)) {
          case FrameCursor.Step.Frame frame -> {
            ended = frame.body().length == 0;
            if (!ended) {
              records.add(frame.body());
            }
            at = frame.end();
          }
          case FrameCursor.Step.Hole hole -> {
            sound = false;
            at = hole.end();
          }
          case FrameCursor.Step.Rest rest -> {
            sound = false;
            at = rest.end();
          }
        }
      }
    }
    boolean sameBoot = !boot.isEmpty() && boot.equals(header.boot());
    return new Past(records, sound && (ended || sameBoot));
  }

  private static ApiException failed(String what, IOException e) {
    String message = what + ": " + e + "; check its rights and room";
    return new ApiException(ErrorCode.STORAGE_FAILED, message, e);
  }
}
