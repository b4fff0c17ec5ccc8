// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.diary;

import java.io.IOException;
import java.util.List;

/// The last lines that were written, in their order, kept over the end of the process. What is only
/// added survives its sudden end, not that of the machine: nobody may rely on the last of it.
public interface Diary extends AutoCloseable {
  /// Forgets everything when the process ends.
  Diary NONE =
      new Diary() {
        @Override
        public List<String> read() {
          return List.of();
        }

        @Override
        public void add(List<String> lines) {}

        @Override
        public void keep(List<String> lines) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /// The lines that are still there and can be read.
  List<String> read();

  /// Writes lines behind the last; a disk that refuses is told in the log, not to the caller.
  void add(List<String> lines);

  /// Writes lines behind the last, which survive the end of the machine once this returns.
  ///
  /// @throws IOException where the disk refuses them
  void keep(List<String> lines) throws IOException;

  /// Waits, but not for long, until what was added so far survives the end of the process.
  void flush();

  @Override
  void close();
}
