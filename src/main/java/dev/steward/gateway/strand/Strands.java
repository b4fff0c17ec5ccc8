// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import dev.steward.gateway.strand.Knot.Stage;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.turn.Turn;
import dev.steward.trace.diary.Diary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Recognises the run of a call by what was said in it before. It remembers so many places of
/// conversations, over restarts too; what it has forgotten begins a new run and nothing worse.
public final class Strands {
  private final Knots knots;
  private final Diary diary;

  /// @param max places that are remembered
  public Strands(int max, Diary diary) {
    this.knots = new Knots(max);
    this.diary = diary;
    for (String line : diary.read()) {
      KnotLines.read(line).ifPresent(knots::put);
    }
  }

  /// A request as far as its run shows in it.
  ///
  /// @param scope whose it is: only calls of one scope share runs
  /// @param link name of a place that it says it goes on from, "" when it says none
  /// @param retried whether the client says that it asks again
  public record Asking(String scope, List<Turn> turns, String link, boolean retried) {}

  /// Where a request was put.
  ///
  /// @param begun whether its run began with it
  /// @param named whether its run is found by its name, so that nothing said in it matters
  public record Found(Knot knot, Script script, boolean begun, boolean named) {
    public Strand strand() {
      return knot.strand();
    }
  }

  /// A place and how much of the request stands before it.
  private record From(Knot knot, int known, boolean fork) {}

  /// @param fresh makes a run that begins now, in the conversation given, "" for a new one
  public synchronized Found ask(Asking asking, Function<String, Strand> fresh) {
    Knot base = asking.link().isEmpty() ? null : knots.linked(asking.scope(), asking.link());
    long seed = base == null ? Fingerprint.of(asking.scope()) : base.chain();
    Script script = Script.of(asking.turns(), seed).withoutOpenEnd();
    Knot again = again(asking, script);
    if (again != null) {
      return new Found(keep(again.at(Stage.ASKED, Set.of())), script, false, false);
    }
    From from = base == null ? from(asking.scope(), script) : linked(base, script);
    if (from == null) {
      return begin(asking, script, fresh.apply(""));
    }
    keep(from.knot().followedBy(deed(script, from.known())));
    Strand strand = from.knot().strand();
    boolean anew = from.fork() || script.asksAnew(from.known(), from.knot().stage().open());
    return begin(asking, script, anew ? fresh.apply(strand.conversation()) : strand, anew);
  }

  /// All calls with this name are one run.
  ///
  /// @param strand of the run, should it not be known
  public synchronized Found named(String scope, String name, Supplier<Strand> strand) {
    Script nothing = Script.of(List.of(), Fingerprint.of(scope + "\n" + name));
    for (Knot known : knots.at(scope, nothing.whole())) {
      return new Found(known, nothing, false, true);
    }
    Knot begun =
        new Knot(scope, nothing.whole(), strand.get(), Stage.ASKED, Set.of(), List.of(), 0);
    return new Found(keep(begun), nothing, true, true);
  }

  /// Remembers how a call ended.
  ///
  /// @param choices what the model answered, in one way or several; empty when it did not
  /// @param links names by which a later request may call the place
  public Stage ended(Found found, List<List<Turn>> choices, List<String> links) {
    return found.named() ? stage(choices) : remembered(found, choices, links);
  }

  private static Stage stage(List<List<Turn>> choices) {
    boolean calling =
        choices.stream().flatMap(List::stream).anyMatch(turn -> !turn.calls().isEmpty());
    return choices.isEmpty() ? Stage.FAILED : calling ? Stage.CALLING : Stage.SAID;
  }

  private synchronized Stage remembered(Found found, List<List<Turn>> choices, List<String> links) {
    Knot asked = found.knot();
    Knot newest = knots.newest(asked);
    Knot here = newest == null ? asked : newest;
    if (choices.isEmpty()) {
      keep(here.at(Stage.FAILED, Set.of()));
      return Stage.FAILED;
    }
    Stage stage = Stage.SAID;
    Set<String> all = new HashSet<>();
    for (List<Turn> choice : choices) {
      Script answer = Script.of(choice, asked.chain());
      Stage reached = answer.calls() ? Stage.CALLING : Stage.SAID;
      stage = reached.open() ? reached : stage;
      Set<String> calls = calls(choice);
      all.addAll(calls);
      if (answer.size() > 0) {
        keep(new Knot(asked.scope(), answer.whole(), asked.strand(), reached, calls, links, 0));
      }
    }
    keep(here.at(stage, all));
    return stage;
  }

  /// How many places are remembered.
  synchronized int size() {
    return knots.size();
  }

  /// A try of the same request that was not answered, or that the client says it gave up.
  private @Nullable Knot again(Asking asking, Script script) {
    for (Knot knot : knots.at(asking.scope(), script.whole())) {
      boolean gaveUp = asking.retried() && knot.stage() == Stage.ASKED;
      if (script.size() > 0 && (knot.stage() == Stage.FAILED || gaveUp)) {
        return knot;
      }
    }
    return null;
  }

  private static From linked(Knot base, Script script) {
    return new From(base, 0, forks(base, deed(script, 0)));
  }

  /// The longest beginning that is known, else the place whose tool calls it answers.
  private @Nullable From from(String scope, Script script) {
    Knot asking = knots.asking(scope, script.answeredCalls());
    for (int known = script.size() - 1; known > 0; known--) {
      long next = script.chain(known + 1);
      Knot best = null;
      for (Knot knot : knots.at(scope, script.chain(known))) {
        if (knot.fits(script.answeredCalls(), asking != null)
            && (best == null || better(knot, best, next))) {
          best = knot;
        }
      }
      if (best != null) {
        return new From(best, known, forks(best, next));
      }
    }
    // Older messages were cut off or summed up; whatever is new stands behind its last word.
    return asking == null ? null : new From(asking, script.size(), false);
  }

  /// One that nothing has followed yet before one that this has followed before.
  private static boolean better(Knot one, Knot other, long next) {
    return rank(one, next) > rank(other, next);
  }

  private static int rank(Knot knot, long next) {
    return knot.next() == 0 ? 2 : knot.next() == next ? 1 : 0;
  }

  private static boolean forks(Knot knot, long next) {
    return knot.next() != 0 && knot.next() != next;
  }

  private static long deed(Script script, int known) {
    return script.chain(Math.min(known + 1, script.size()));
  }

  private Found begin(Asking asking, Script script, Strand strand) {
    return begin(asking, script, strand, true);
  }

  private Found begin(Asking asking, Script script, Strand strand, boolean begun) {
    Knot knot =
        new Knot(asking.scope(), script.whole(), strand, Stage.ASKED, Set.of(), List.of(), 0);
    return new Found(keep(knot), script, begun, false);
  }

  /// Ids of the calls that are ids: where a dialect has none, the tool's name stands for it.
  private static Set<String> calls(List<Turn> turns) {
    Set<String> ids = new HashSet<>();
    for (Turn turn : turns) {
      for (Turn.Call call : turn.calls()) {
        if (!call.id().isEmpty() && !call.id().equals(call.tool())) {
          ids.add(call.id());
        }
      }
    }
    return ids;
  }

  private Knot keep(Knot knot) {
    knots.put(knot);
    diary.add(List.of(KnotLines.write(knot)));
    return knot;
  }
}
