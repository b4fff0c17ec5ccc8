// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.release.Shadowing;
import dev.steward.domain.Cost;
import dev.steward.gateway.shadow.RunCalls.Done;
import dev.steward.gateway.shadow.RunCalls.Ended;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a live call and its copy have in common.
final class Comparison {
  private Comparison() {}

  /// One side of it.
  ///
  /// @param outcome as the protocol of the call tells it
  /// @param calls of tools that were made for it
  /// @param cost of its models and tools
  record Side(String outcome, byte[] answer, List<Done> calls, Duration took, Cost cost) {}

  /// The sums of one comparison, by the words of `Shadowing`.
  static Map<String, BigDecimal> of(Side live, Side copy) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    boolean outcome = live.outcome().equals(copy.outcome());
    boolean effects = effects(live).equals(effects(copy));
    count(sums, Shadowing.COMPARED, true);
    count(sums, Shadowing.AGREED, outcome && effects);
    count(sums, Shadowing.SAME_OUTCOME, outcome);
    count(sums, Shadowing.SAME_EFFECTS, effects);
    count(sums, Shadowing.SAME_TOOLS, tools(live).equals(tools(copy)));
    count(sums, Shadowing.SAME_ANSWER, same(live.answer(), copy.answer()));
    sums.put(Shadowing.LIVE_MILLIS, BigDecimal.valueOf(live.took().toMillis()));
    sums.put(Shadowing.SHADOW_MILLIS, BigDecimal.valueOf(copy.took().toMillis()));
    spent(sums, Shadowing.LIVE_COST, live.cost());
    spent(sums, Shadowing.SHADOW_COST, copy.cost());
    return sums;
  }

  /// What was spent between two moments.
  static Cost since(Cost before, Cost now) {
    return before instanceof Cost.Known first
            && now instanceof Cost.Known last
            && first.currency().equals(last.currency())
        ? new Cost.Known(
            last.amount().subtract(first.amount()).max(BigDecimal.ZERO),
            last.currency(),
            last.source(),
            "")
        : now;
  }

  private static void count(Map<String, BigDecimal> sums, String word, boolean is) {
    if (is) {
      sums.put(word, BigDecimal.ONE);
    }
  }

  private static void spent(Map<String, BigDecimal> sums, String word, Cost cost) {
    if (cost instanceof Cost.Known known && known.amount().signum() > 0) {
      sums.put(word + known.currency(), known.amount());
    }
  }

  /// The order in which effects were asked for is left out: calls that run side by side have none.
  private static List<String> effects(Side side) {
    return side.calls().stream()
        .filter(Done::acts)
        .map(call -> call.tool() + " " + call.arguments().hex() + " " + denied(call))
        .sorted()
        .toList();
  }

  /// A copy asks nobody: what people were asked for and what was made is the same.
  private static boolean denied(Done call) {
    return call.ended() == Ended.DENIED;
  }

  private static Set<String> tools(Side side) {
    Set<String> tools = new TreeSet<>();
    side.calls().forEach(call -> tools.add(call.tool()));
    return tools;
  }

  private static boolean same(byte[] one, byte[] other) {
    if (Arrays.equals(one, other)) {
      return true;
    }
    try {
      String left = new String(one, StandardCharsets.UTF_8);
      String right = new String(other, StandardCharsets.UTF_8);
      return CanonicalJson.text(CanonicalJson.read(left))
          .equals(CanonicalJson.text(CanonicalJson.read(right)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
