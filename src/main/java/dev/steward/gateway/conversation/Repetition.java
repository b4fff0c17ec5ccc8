// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.turn.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What repeats at the end of one conversation. It remembers the last eight exchanges and the last
/// 128 different steps, and looks at each exchange once.
public final class Repetition {
  /// Calls of the longest circle that is seen.
  public static final int PERIOD_MAX = 8;

  private static final int KNOWN_MAX = 128;
  private static final int NAMES_MAX = 4;

  private final Exchange[] last = new Exchange[PERIOD_MAX];

  /// At p: how many exchanges up to now equal the one that lies p before them.
  private final long[] equal = new long[PERIOD_MAX + 1];

  private long[] known = new long[8];
  private long learnt;
  private long seen;
  private long sameDeed;
  private long sameAnswer;
  private long nothingNew;

  void add(Exchange exchange) {
    for (int p = 1; p <= PERIOD_MAX; p++) {
      equal[p] = p <= seen && before(p).whole() == exchange.whole() ? equal[p] + 1 : 0;
    }
    boolean first = seen == 0;
    sameDeed = !first && before(1).deed() == exchange.deed() ? sameDeed + 1 : 1;
    sameAnswer = !first && sameAnswerOtherwiseAsked(before(1), exchange) ? sameAnswer + 1 : 1;
    nothingNew = learns(exchange) ? 0 : nothingNew + 1;
    last[(int) (seen % PERIOD_MAX)] = exchange;
    seen++;
  }

  /// All that repeats right now, the clearest word first.
  List<Found> found() {
    List<Found> found = new ArrayList<>();
    if (seen == 0) {
      return found;
    }
    long times = equal[1] + 1;
    found.add(new Found(LoopRule.SAME_CALL, times, () -> sameCall(times)));
    int period = period();
    if (period > 1) {
      long rounds = equal[period] / period + 1;
      found.add(new Found(LoopRule.CYCLE, rounds, () -> cycle(period, rounds)));
    }
    found.add(
        new Found(
            LoopRule.NO_NEW_STATE,
            nothingNew,
            () ->
                "made %d calls in a row that it had made before with the same arguments, and each was answered as before"
                    .formatted(nothingNew)));
    if (sameDeed > times) {
      found.add(
          new Found(
              LoopRule.POLLING,
              sameDeed,
              () ->
                  "called %s with the same arguments %d times in a row; the answers changed"
                      .formatted(names(before(1)), sameDeed)));
    }
    found.add(
        new Found(
            LoopRule.SAME_ANSWER,
            sameAnswer,
            () ->
                "called %s %d times in a row with other arguments and ever the same answer"
                    .formatted(names(before(1)), sameAnswer)));
    return found;
  }

  private Exchange before(int back) {
    return last[(int) ((seen - back) % PERIOD_MAX)];
  }

  /// The circle that has gone round most often, at least twice, and the shortest of these; 1 when
  /// there is none. At its end a circle of five may look like the second round of one of two.
  private int period() {
    int best = 1;
    long most = 1;
    for (int p = 2; p <= PERIOD_MAX; p++) {
      long rounds = equal[p] / p + 1;
      if (rounds > most && !isOfShorter(p)) {
        best = p;
        most = rounds;
      }
    }
    return best;
  }

  /// A-A-A-A is no circle of two.
  private boolean isOfShorter(int period) {
    for (int p = 1; p < period; p++) {
      if (period % p == 0 && equal[p] >= equal[period]) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameAnswerOtherwiseAsked(Exchange one, Exchange other) {
    return one.answer() != Fingerprint.NONE
        && one.answer() == other.answer()
        && one.deed() != other.deed()
        && !one.words()
        && one.tools().equals(other.tools());
  }

  private boolean learns(Exchange exchange) {
    List<Long> steps = exchange.words() ? List.of(exchange.whole()) : exchange.steps();
    boolean learns = false;
    for (long step : steps) {
      if (!knows(step)) {
        learn(step);
        learns = true;
      }
    }
    return learns;
  }

  private boolean knows(long step) {
    long all = Math.min(learnt, known.length);
    for (int i = 0; i < all; i++) {
      if (known[i] == step) {
        return true;
      }
    }
    return false;
  }

  private void learn(long step) {
    if (learnt == known.length && known.length < KNOWN_MAX) {
      known = Arrays.copyOf(known, 2 * known.length);
    }
    known[(int) (learnt % known.length)] = step;
    learnt++;
  }

  private String sameCall(long times) {
    Exchange exchange = before(1);
    if (exchange.words()) {
      return "said the same %d times in a row and heard the same each time".formatted(times);
    }
    return exchange.answer() == Fingerprint.NONE
        ? "called %s with the same arguments %d times in a row".formatted(names(exchange), times)
        : "called %s with the same arguments %d times in a row and got the same answer each time"
            .formatted(names(exchange), times);
  }

  private String cycle(int period, long rounds) {
    List<String> stations = new ArrayList<>();
    for (int back = period; back >= 1; back--) {
      stations.add(names(before(back)));
    }
    return "went round %s %d times, with the same arguments and the same answers each time"
        .formatted(String.join(" → ", stations), rounds);
  }

  private static String names(Exchange exchange) {
    List<String> tools = exchange.tools();
    if (tools.isEmpty()) {
      return "(words)";
    }
    String shown = String.join(" and ", tools.subList(0, Math.min(NAMES_MAX, tools.size())));
    return tools.size() > NAMES_MAX
        ? shown + " and %d more".formatted(tools.size() - NAMES_MAX)
        : shown;
  }
}
