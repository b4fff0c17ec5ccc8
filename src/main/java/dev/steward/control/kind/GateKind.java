// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.field.ScopeFields;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.ApiException;
import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.Gate.Freeze;
import dev.steward.domain.resource.Gate.Requirement;
import dev.steward.domain.resource.Metadata;
import dev.steward.policy.proof.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a Gate is written.
final class GateKind implements Kind<Gate> {
  static final String MAX_AGE = "maxAge";
  static final Duration AGE_USUAL = Duration.ofDays(30);
  private static final int PEOPLE_MAX = 20;
  private static final int STATEMENTS_MAX = 100;
  private static final int FREEZES_MAX = 100;

  private static final List<String> WORDS =
      List.of(
          Gate.PolicyProof.WORD,
          Gate.Approvals.WORD,
          Gate.Drilled.WORD,
          Gate.BudgetPresent.WORD,
          Gate.OwnerPresent.WORD,
          Gate.Reported.WORD,
          Gate.CanaryPassed.WORD,
          Gate.CopilotAgreed.WORD,
          Gate.ShadowAgreed.WORD,
          Gate.NoFreeze.WORD);

  @Override
  public Class<Gate> type() {
    return Gate.class;
  }

  @Override
  public Gate read(Metadata metadata, Fields spec) {
    return new Gate(
        metadata,
        ScopeFields.agents(spec),
        ScopeFields.names(spec, "environments"),
        requirement(spec));
  }

  @Override
  public void write(Gate gate, ObjectNode spec) {
    ScopeFields.write(gate.agents(), spec);
    Spec.put(spec, "environments", gate.environments());
    spec.put("requires", gate.requirement().word());
    switch (gate.requirement()) {
      case Gate.PolicyProof(List<String> statements) -> Spec.put(spec, "statements", statements);
      case Gate.Approvals(int people) -> spec.put("people", people);
      case Gate.CanaryPassed passed -> CanaryFields.write(passed, spec);
      case Gate.CopilotAgreed(List<String> environments, LeastAgreement least) ->
          CanaryFields.write(environments, least, spec);
      case Gate.ShadowAgreed(List<String> environments, LeastAgreement least) ->
          CanaryFields.write(environments, least, spec);
      case Gate.Drilled(Duration ageMax) -> spec.put(MAX_AGE, Durations.write(ageMax));
      case Gate.BudgetPresent _, Gate.OwnerPresent _ -> {
        // The word says it all.
      }
      case Gate.Reported(String check, Duration ageMax) ->
          spec.put("check", check).put(MAX_AGE, Durations.write(ageMax));
      case Gate.NoFreeze(List<Freeze> freezes) -> {
        ArrayNode written = spec.putArray("freezes");
        freezes.forEach(freeze ->
            written
                .addObject()
                .put("from", freeze.from().toString())
                .put("until", freeze.until().toString()));
      }
    }
  }

  private static Requirement requirement(Fields spec) {
    String word = spec.text("requires");
    return switch (word) {
      case Gate.PolicyProof.WORD -> new Gate.PolicyProof(statements(spec));
      case Gate.Approvals.WORD -> new Gate.Approvals(people(spec));
      case Gate.Drilled.WORD -> new Gate.Drilled(Durations.read(spec, MAX_AGE, AGE_USUAL));
      case Gate.CanaryPassed.WORD -> CanaryFields.read(spec);
      case Gate.CopilotAgreed.WORD ->
          new Gate.CopilotAgreed(CanaryFields.triedIn(spec), CanaryFields.agreement(spec));
      case Gate.ShadowAgreed.WORD ->
          new Gate.ShadowAgreed(CanaryFields.triedIn(spec), CanaryFields.agreement(spec));
      case Gate.OwnerPresent.WORD -> new Gate.OwnerPresent();
      case Gate.Reported.WORD ->
          new Gate.Reported(
              Names.reference(spec, "check", true), Durations.read(spec, MAX_AGE, AGE_USUAL));
      case Gate.NoFreeze.WORD -> new Gate.NoFreeze(freezes(spec));
      case Gate.BudgetPresent.WORD -> new Gate.BudgetPresent();
      default -> {
        if (!word.isEmpty()) {
          spec.flaw(
              "requires",
              "'"
                  + Names.shortened(word)
                  + "' is none of "
                  + String.join(", ", WORDS)
                  + "."
                  + Nearest.hint(word, WORDS));
        }
        yield new Gate.OwnerPresent();
      }
    };
  }

  private static List<String> statements(Fields spec) {
    List<String> statements = spec.texts("statements");
    if (statements.size() > STATEMENTS_MAX) {
      spec.flaw("statements", "holds more than " + STATEMENTS_MAX + "; write several gates");
      return List.of();
    }
    for (String statement : statements) {
      try {
        if (Statement.parse(statement) instanceof Statement.NothingNew) {
          spec.flaw(
              "statements",
              "'"
                  + statement
                  + "' is about policies that are proposed; the gate compares versions by itself");
        }
      } catch (ApiException e) {
        spec.flaw("statements", String.valueOf(e.getMessage()));
      }
    }
    return statements;
  }

  private static int people(Fields spec) {
    long people = spec.whole("people", 1);
    if (people < 1 || people > PEOPLE_MAX) {
      spec.flaw("people", "is how many must agree, 1 to " + PEOPLE_MAX);
    }
    return Math.clamp(people, 1, PEOPLE_MAX);
  }

  private static List<Freeze> freezes(Fields spec) {
    List<Freeze> freezes = new ArrayList<>();
    for (Fields fields : spec.objects("freezes")) {
      Instant from = fields.instant("from");
      Instant until = fields.instant("until");
      if (from == null || until == null) {
        fields.flaw(from == null ? "from" : "until", "must say when the freeze begins and ends");
      } else if (!until.isAfter(from)) {
        fields.flaw("until", "must be after from");
      } else {
        freezes.add(new Freeze(from, until));
      }
      fields.close();
    }
    if (freezes.isEmpty() || freezes.size() > FREEZES_MAX) {
      spec.flaw("freezes", "must hold 1 to " + FREEZES_MAX + " stretches of time");
    }
    return freezes;
  }
}
