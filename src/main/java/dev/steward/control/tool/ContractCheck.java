// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.ToolServer.ContractTest;
import dev.steward.domain.resource.ToolServer.Definition;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.List;

/// Holds a definition against what agents rely on: arguments that its schema must take or refuse,
/// and results that it must allow. Nothing is called.
public final class ContractCheck {
  private ContractCheck() {}

  /// How one contract test came out.
  ///
  /// @param problem "" when it passed
  public record Outcome(String test, String problem) {
    public boolean passed() {
      return problem.isEmpty();
    }
  }

  /// @param accepted whose tests they are
  public static List<Outcome> run(Tool accepted, LiveTool offered) {
    Definition definition = offered.definition();
    JsonSchema input = JsonSchema.of(definition.inputSchemaJson());
    JsonSchema output = JsonSchema.of(definition.outputSchemaJson());
    List<Outcome> outcomes = new ArrayList<>();
    for (ContractTest test : accepted.tests()) {
      outcomes.add(new Outcome(test.name(), problem(test, input, output)));
    }
    return outcomes;
  }

  private static String problem(ContractTest test, JsonSchema input, JsonSchema output) {
    List<String> problems = input.problems(CanonicalJson.read(test.argumentsJson()));
    if (test.fits() && !problems.isEmpty()) {
      return "arguments that agents use are refused: " + String.join("; ", problems);
    }
    if (!test.fits() && problems.isEmpty()) {
      return "arguments that must be refused are taken";
    }
    if (test.resultJson().isEmpty()) {
      return "";
    }
    List<String> wrong = output.problems(CanonicalJson.read(test.resultJson()));
    return wrong.isEmpty()
        ? ""
        : "a result that agents understand is not allowed: " + String.join("; ", wrong);
  }
}
