// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Whispers a model its next line: the agent leaves the line here and sends its cue along with the
/// call, the provider looks it up by that.
public final class Prompter {
  /// The header in which a cue travels.
  public static final String HEADER = "x-demo-cue";

  private final Map<String, Cue> cues = new ConcurrentHashMap<>();

  /// A line that waits to be said.
  public static final class Cue implements AutoCloseable {
    private final Prompter prompter;
    private final String id;
    private final Line line;
    private final AtomicInteger tries = new AtomicInteger();

    private Cue(Prompter prompter, String id, Line line) {
      this.prompter = prompter;
      this.id = id;
      this.line = line;
    }

    public String id() {
      return id;
    }

    public Line line() {
      return line;
    }

    /// What this try is answered instead, 0 when the line is said.
    public int trouble() {
      int tried = tries.getAndIncrement();
      return tried < line.troubles().size() ? line.troubles().get(tried) : 0;
    }

    /// The call is over.
    @Override
    public void close() {
      prompter.cues.remove(id);
    }
  }

  /// @param id that no other call has
  public Cue put(String id, Line line) {
    Cue cue = new Cue(this, id, line);
    cues.put(id, cue);
    return cue;
  }

  /// Null for one that is not waited for any more.
  public @Nullable Cue cue(String id) {
    return cues.get(id);
  }
}
