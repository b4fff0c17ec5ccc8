// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A diary in two text files: when the newer is full it becomes the older. It is never synced: what
/// the system has not written yet when the machine goes down is lost, and that is no loss by the
/// port's terms.
public final class FileDiary implements Diary {
  private static final System.Logger LOG = System.getLogger(FileDiary.class.getName());

  private final Path file;
  private final int linesMax;
  private int written;
  private @Nullable Writer writer;
  private boolean refused;

  private FileDiary(Path file, int linesMax) {
    this.file = file;
    this.linesMax = linesMax;
  }

  /// @param linesMax that are kept at least; twice as many at most
  /// @throws ApiException STORAGE_FAILED when its folder cannot be made
  public static FileDiary open(Path file, int linesMax) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return new FileDiary(file, linesMax);
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the folder of " + file + " cannot be made: " + e + "; check its rights and room",
          e);
    }
  }

  @Override
  public synchronized List<String> read() {
    List<String> all = new ArrayList<>(lines(older()));
    List<String> newer = lines(file);
    all.addAll(newer);
    written = newer.size();
    return all;
  }

  private List<String> lines(Path from) {
    try {
      // A text that was cut off in the middle of a letter is still worth its other lines.
      return new String(Files.readAllBytes(from), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      trouble(e);
      return List.of();
    }
  }

  @Override
  public synchronized void add(List<String> lines) {
    try {
      if (written >= linesMax) {
        end();
        Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
        written = 0;
      }
      Writer to = writer;
      if (to == null) {
        to =
            Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = to;
        // Behind a line that was cut off.
        to.write('\n');
      }
      for (String line : lines) {
        to.write(line);
        to.write('\n');
      }
      to.flush();
      written += lines.size();
      refused = false;
    } catch (IOException e) {
      trouble(e);
    }
  }

  private Path older() {
    return file.resolveSibling(file.getFileName() + ".old");
  }

  private void trouble(IOException e) {
    if (!refused) {
      refused = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the file " + file + " is not kept: " + e + "; it is tried again with each line");
    }
  }

  private void end() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  @Override
  public synchronized void close() {
    try {
      end();
    } catch (IOException e) {
      trouble(e);
    }
  }
}
