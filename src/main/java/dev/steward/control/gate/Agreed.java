// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.gate.GateJudge.Said;
import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.release.Wilson;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a gate says of a share that agreed: the whole interval must lie on one side.
final class Agreed {
  private Agreed() {}

  /// @param what was counted
  /// @param why so far
  static Said said(
      LeastAgreement least,
      Wilson agreement,
      String what,
      String why,
      Map<String, String> evidence) {
    String interval = percent(agreement.low()) + " to " + percent(agreement.high());
    Map<String, String> all = new TreeMap<>(evidence);
    all.put("interval", interval);
    all.putAll(least.words());
    String told = why + " (95 % interval " + interval + ")";
    if (agreement.whole() < least.answers()) {
      return GateJudge.unknown(told + "; " + least.answers() + " " + what + " are asked for", all);
    }
    BigDecimal wanted = least.agreement();
    String asked = percent(wanted.doubleValue());
    if (BigDecimal.valueOf(agreement.low()).compareTo(wanted) >= 0) {
      return GateJudge.pass(told + ", so at least " + asked, all);
    }
    return BigDecimal.valueOf(agreement.high()).compareTo(wanted) < 0
        ? GateJudge.fail(told + ", so less than " + asked, all)
        : GateJudge.unknown(told + "; it must lie above " + asked, all);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
