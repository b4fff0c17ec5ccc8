// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.answer.CallSample.Checked;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.VersionEntry;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.evidence.CallVerdict;
import dev.steward.trace.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the run can be proven from the ledgers: who ran in which version, and what the calls
/// said that passed the gateway. Steps that its own telemetry alone tells of cannot be.
final class Provable {
  private static final String AGENT = "Agent";
  private static final String NONE_OF_IT =
      "The steps were told by its own telemetry and are not on the ledger";

  private final Matter matter;
  private final CallSample bound;
  private final int outside;
  private final int never;

  /// @param calls of the run that policy can decide on
  Provable(Matter matter, List<PolicyCall> calls) {
    this.matter = matter;
    this.bound = matter.bound();
    this.outside = (int) calls.stream().filter(call -> !call.span().teller().gateway()).count();
    this.never =
        (int)
            calls.stream()
                .map(PolicyCall::span)
                .filter(call -> call.teller().gateway() && !CallEvidence.concerns(call))
                .count();
  }

  Answer answer() {
    List<Evidence> evidence = new ArrayList<>();
    VersionEntry version = version(matter.run());
    Mark who = who(version, evidence);
    if (bound.calls() == 0) {
      evidence.add(Evidence.of(NONE_OF_IT));
      return new Answer("Can you prove it?", who, evidence);
    }
    changed(evidence);
    unbound(evidence);
    unchanged(evidence);
    unchecked(evidence);
    if (never > 0) {
      evidence.add(
          Evidence.of(
              Figures.of(never, "retrieval", "retrievals")
                  + " passed the gateway, which binds no retrieval"));
    }
    if (outside > 0) {
      evidence.add(
          Evidence.of(
              Figures.of(outside, "call was", "calls were")
                  + " told by its own telemetry alone and not on the ledger"));
    }
    return new Answer("Can you prove it?", mark(version != null), evidence);
  }

  private Mark who(@Nullable VersionEntry version, List<Evidence> evidence) {
    Run run = matter.run();
    List<Revision> history = matter.state().history(AGENT, run.agent());
    if (version != null) {
      evidence.add(entry("Version " + Ids.version(version.version().hex()), version.sequence()));
      return new Mark(Tone.UNKNOWN, "In part: who ran, not what it did");
    }
    if (!history.isEmpty()) {
      evidence.add(entry("Its registration", history.getFirst().sequence()));
      evidence.add(Evidence.of("The version that ran is not on the ledger"));
      return new Mark(Tone.UNKNOWN, "In part: that it is registered");
    }
    evidence.add(
        Evidence.of(
            run.agent()
                + " is not registered: nothing of it is on the ledger, and nobody owns it"));
    return new Mark(Tone.UNKNOWN, "No");
  }

  private Mark mark(boolean whoRan) {
    int changed = of(CallVerdict.CHANGED).size();
    int unbound = of(CallVerdict.UNBOUND).size();
    int unchanged = of(CallVerdict.UNCHANGED).size();
    int all = bound.calls() + outside + never;
    String calls = Figures.of(all, "call", "calls");
    if (changed > 0) {
      return new Mark(
          Tone.CRITICAL, "No, " + Figures.of(changed, "call was", "calls were") + " changed since");
    }
    if (unbound > 0) {
      return new Mark(
          Tone.UNKNOWN,
          "In part: " + Figures.of(unbound, "call is", "calls are") + " bound by no entry");
    }
    if (unchanged == all && whoRan) {
      return new Mark(Tone.OK, "Yes, who ran and " + (all == 1 ? "its call" : "all " + calls));
    }
    return new Mark(
        Tone.UNKNOWN,
        "In part: "
            + (whoRan ? "who ran and " : "")
            + (unchanged == all ? calls : Figures.count(unchanged) + " of " + calls));
  }

  private List<Checked> of(CallVerdict verdict) {
    return bound.checked().stream().filter(call -> call.verdict() == verdict).toList();
  }

  private void changed(List<Evidence> evidence) {
    List<Checked> changed = of(CallVerdict.CHANGED);
    if (!changed.isEmpty()) {
      Checked first = changed.getFirst();
      evidence.add(
          new Evidence(
              Figures.of(changed.size(), "call says", "calls say")
                  + " something else than when recorded",
              matter.step(first.step())));
      evidence.add(
          entry(
              changed.size() == 1 ? "What it said is bound by" : "What the first said is bound by",
              first));
    }
  }

  private void unbound(List<Evidence> evidence) {
    List<Checked> unbound = of(CallVerdict.UNBOUND);
    if (!unbound.isEmpty()) {
      evidence.add(
          new Evidence(
              Figures.of(unbound.size(), "call is", "calls are")
                  + " bound by no entry"
                  + (matter.run().status().open() ? " yet" : ""),
              matter.step(unbound.getFirst().step())));
    }
  }

  private void unchanged(List<Evidence> evidence) {
    List<Checked> unchanged = of(CallVerdict.UNCHANGED);
    if (unchanged.isEmpty()) {
      return;
    }
    Checked first = unchanged.getFirst();
    Checked last = unchanged.getLast();
    evidence.add(
        entry(
            Figures.of(unchanged.size(), "call is", "calls are")
                + " unchanged"
                + (unchanged.size() == 1 ? ", bound by" : ", the first bound by"),
            first));
    if (!last.equals(first)
        && !String.valueOf(last.entry()).equals(String.valueOf(first.entry()))) {
      evidence.add(entry("The last is bound by", last));
    }
  }

  private void unchecked(List<Evidence> evidence) {
    int checked = bound.checked().size();
    if (checked < bound.calls()) {
      evidence.add(
          Evidence.of(
              "%s of %s that passed the gateway were checked here, from the first and the last on; steward verify --run %s checks all"
                  .formatted(
                      Figures.count(checked),
                      Figures.of(bound.calls(), "call", "calls"),
                      matter.run().id())));
    }
  }

  /// @param call one that an entry binds
  private Evidence entry(String what, Checked call) {
    Long entry = call.entry();
    return new Evidence(
        what + " activity entry " + (entry == null ? "" : Figures.exact(entry)),
        matter.readsLedger() && entry != null ? "/ledger/activity/" + entry : null);
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
