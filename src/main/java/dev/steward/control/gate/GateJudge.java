// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.drill.Drill;
import dev.steward.control.release.CheckReport;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Releases;
import dev.steward.domain.Digest;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges one gate after the other. What it says names people by their ids only.
final class GateJudge {
  private static final int WORDS_MAX = 2_000;

  private final Asked asked;

  GateJudge(Asked asked) {
    this.asked = asked;
  }

  GateResult judge(Gate gate) {
    Said said =
        switch (gate.requirement()) {
          case Gate.PolicyProof(List<String> statements) -> proof(statements);
          case Gate.Approvals(int people) -> approvals(people);
          case Gate.Drilled(Duration ageMax) -> drills(ageMax);
          case Gate.BudgetPresent _ -> budget();
          case Gate.OwnerPresent _ -> owner();
          case Gate.Reported(String check, Duration ageMax) -> report(check, ageMax);
          case Gate.CanaryPassed asks -> new TrialJudge(asked).judge(asks);
          case Gate.CopilotAgreed asks -> new CopilotJudge(asked).judge(asks);
          case Gate.ShadowAgreed asks -> new ShadowJudge(asked).judge(asks);
          case Gate.NoFreeze(List<Gate.Freeze> freezes) -> freeze(freezes);
        };
    return new GateResult(
        gate.name(), gate.requirement().word(), said.verdict, shortened(said.why), said.evidence);
  }

  record Said(GateVerdict verdict, String why, Map<String, String> evidence) {}

  static Said pass(String why, Map<String, String> evidence) {
    return new Said(GateVerdict.PASS, why, evidence);
  }

  static Said fail(String why, Map<String, String> evidence) {
    return new Said(GateVerdict.FAIL, why, evidence);
  }

  static Said unknown(String why, Map<String, String> evidence) {
    return new Said(GateVerdict.NOT_ENOUGH_DATA, why, evidence);
  }

  private Said proof(List<String> statements) {
    Optional<AgentVersion> running =
        asked.state().versionInForce(asked.agent().name(), asked.environment());
    Map<String, String> evidence = new HashMap<>();
    evidence.put("running", running.map(version -> version.digest().hex()).orElse("none"));
    Optional<Proved> proved =
        asked
            .proving()
            .proved(
                new ProofQuestion(
                    asked.state(),
                    asked.agent(),
                    asked.version(),
                    running,
                    asked.environment(),
                    statements));
    if (proved.isEmpty()) {
      return unknown("what it may do is being found out; it is judged anew by itself", evidence);
    }
    if (!(proved.get() instanceof Proved.Refuted) && !statements.isEmpty()) {
      evidence.put("proved", shortened(String.join("; ", statements)));
    }
    return switch (proved.get()) {
      case Proved.Refuted(String statement, String why) -> {
        evidence.put("refuted", shortened(statement));
        yield fail("not so: " + statement + " (" + why + ")", evidence);
      }
      case Proved.Incomparable(String why) -> unknown("cannot be compared: " + why, evidence);
      case Proved.Compared compared -> compared(compared, running.isPresent(), evidence);
    };
  }

  private Said compared(Proved.Compared changed, boolean runs, Map<String, String> evidence) {
    put(evidence, "gained", changed.gained());
    put(evidence, "lost", changed.lost());
    if (changed.gained().isEmpty()) {
      return pass(noMore(changed, runs), evidence);
    }
    String what =
        (runs ? "may do more than the version that runs there: " : "none runs there yet; may do: ")
            + String.join(", ", changed.gained());
    if (asked.others().isEmpty()) {
      return fail(what + "; a second person must agree", evidence);
    }
    evidence.put("agreed", String.join(", ", asked.others()));
    return pass(what + "; agreed to", evidence);
  }

  private static String noMore(Proved.Compared changed, boolean runs) {
    if (!runs) {
      return "may call nothing, and none runs there yet";
    }
    return (changed.lost().isEmpty() ? "may do the same as " : "may do less than ")
        + "the version that runs there";
  }

  private Said approvals(int people) {
    int agreed = asked.others().size();
    Map<String, String> evidence = new HashMap<>();
    put(evidence, "agreed", asked.others());
    String why = agreed + " of " + people + " agreed, beside who started it";
    return agreed >= people ? pass(why, evidence) : unknown(why, evidence);
  }

  private Said drills(Duration ageMax) {
    Map<String, String> evidence = new HashMap<>();
    for (String of : List.of(Drill.KILL_SWITCH, Drill.CIRCUIT_BREAKER)) {
      Optional<Drill> newest =
          asked.state().drills().all().stream().filter(drill -> drill.of().equals(of)).findFirst();
      String name = of.replace('-', ' ');
      if (newest.isEmpty()) {
        return unknown("the " + name + " was never drilled; hold a drill", evidence);
      }
      Drill drill = newest.get();
      evidence.put(of, drill.id() + " at " + drill.at());
      if (!drill.passed()) {
        return fail("the last drill of the " + name + " failed", evidence);
      }
      if (drill.at().isBefore(asked.now().minus(ageMax))) {
        return unknown(
            "the last drill of the " + name + " is older than " + days(ageMax) + "; hold another",
            evidence);
      }
    }
    return pass("kill switch and circuit breaker were drilled within " + days(ageMax), evidence);
  }

  private Said budget() {
    for (Budget budget : asked.state().all(Budget.class)) {
      if (Pinning.pays(budget.scope(), asked.agent(), asked.environment())) {
        return pass("budget " + budget.name() + " pays for it", Map.of("budget", budget.name()));
      }
    }
    return fail(
        "no Budget pays for " + asked.agent().name() + " in " + asked.environment() + "; apply one",
        Map.of());
  }

  private Said owner() {
    Optional<Person> owner = asked.state().person(asked.agent().owner());
    return owner.isPresent()
        ? pass("its owner is known", Map.of("owner", owner.get().id()))
        : fail("its owner is nobody known; give it another", Map.of());
  }

  private Said report(String check, Duration ageMax) {
    Releases releases = asked.state().releases();
    Digest version = asked.version().digest();
    Optional<CheckReport> report = releases.report(asked.agent().name(), version, check);
    if (report.isEmpty()) {
      return unknown("nobody reported how " + check + " ended for this version", Map.of());
    }
    CheckReport told = report.get();
    Map<String, String> evidence =
        Map.of("reportedAt", told.at().toString(), "by", told.by().toString());
    if (!told.passed()) {
      return fail(check + " failed", evidence);
    }
    return told.at().isBefore(asked.now().minus(ageMax))
        ? unknown("the report of " + check + " is older than " + days(ageMax), evidence)
        : pass(check + " passed", evidence);
  }

  private Said freeze(List<Gate.Freeze> freezes) {
    Instant now = asked.now();
    for (Gate.Freeze freeze : freezes) {
      if (freeze.holds(now)) {
        return fail(
            "nothing is released until " + freeze.until(),
            Map.of("from", freeze.from().toString(), "until", freeze.until().toString()));
      }
    }
    return pass("no freeze now", Map.of());
  }

  private static void put(Map<String, String> evidence, String name, List<String> values) {
    if (!values.isEmpty()) {
      evidence.put(name, shortened(String.join(", ", values)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= WORDS_MAX ? text : text.substring(0, WORDS_MAX) + "...";
  }

  static String days(Duration length) {
    long hours = length.toHours();
    return hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
  }
}
