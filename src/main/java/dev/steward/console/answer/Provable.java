// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.VersionEntry;
import dev.steward.trace.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the run can be proven from the ledger: who ran in which version. The steps are the
/// agent's own telemetry and are not.
record Provable(Matter matter) {
  private static final String AGENT = "Agent";

  Answer answer() {
    Run run = matter.run();
    VersionEntry version = version(run);
    List<Revision> history = matter.state().history(AGENT, run.agent());
    List<Evidence> evidence = new ArrayList<>();
    Mark mark;
    if (version != null) {
      mark = new Mark(Tone.UNKNOWN, "In part: who ran, not what it did");
      evidence.add(entry("Version " + Ids.version(version.version().hex()), version.sequence()));
    } else if (!history.isEmpty()) {
      mark = new Mark(Tone.UNKNOWN, "In part: that it is registered");
      evidence.add(entry("Its registration", history.getFirst().sequence()));
      evidence.add(Evidence.of("The version that ran is not on the ledger"));
    } else {
      mark = new Mark(Tone.UNKNOWN, "No");
      evidence.add(
          Evidence.of(
              run.agent()
                  + " is not registered: nothing of it is on the ledger, and nobody owns it"));
    }
    evidence.add(Evidence.of("The steps were told by its own telemetry and are not on the ledger"));
    return new Answer("Can you prove it?", mark, evidence);
  }

  private @Nullable VersionEntry version(Run run) {
    String digest = run.version().replace("sha256:", "");
    for (VersionEntry entry : matter.state().versions(run.agent())) {
      if (digest.length() >= 7 && entry.version().hex().startsWith(digest)) {
        return entry;
      }
    }
    return null;
  }

  /// @param sequence number of entries up to and with the one that says so
  private Evidence entry(String what, long sequence) {
    long index = sequence - 1;
    boolean signed = index < matter.ledger().checkpointSize();
    String words =
        what
            + " is entry "
            + Figures.exact(index)
            + (signed
                ? ", signed in the checkpoint of " + Figures.exact(matter.ledger().checkpointSize())
                : ", not signed yet");
    return new Evidence(words, matter.readsLedger() ? "/ledger/" + index : null);
  }
}
