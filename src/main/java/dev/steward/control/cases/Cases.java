// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.cases;

import dev.steward.control.manifest.Problem;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Flaw;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.YamlReader;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Cases that were read together, with what they say they are about.
public record Cases(String description, List<PolicyCase> cases) {
  private static final String FILES = "files";

  public Cases {
    cases = List.copyOf(cases);
  }

  /// Reads `description` and `cases` of a document, which stays open.
  ///
  /// @param agents that are declared, from which a case takes labels, workflows and risk
  public static Cases read(Fields document, List<Agent> agents) {
    String description = document.text("description", "");
    List<PolicyCase> cases = new ArrayList<>();
    CaseReader reader = new CaseReader(agents);
    for (Fields one : document.objects("cases")) {
      cases.add(reader.read(one));
      one.close();
    }
    if (cases.isEmpty()) {
      document.flaw("cases", "holds no case");
    }
    return new Cases(description, cases);
  }

  /// Reads a text that stands alone, of which the policies in force are meant.
  ///
  /// @throws ApiException INVALID with everything that is wrong
  public static Cases of(String text, List<Agent> agents) {
    return one(
        "cases",
        text,
        document -> {
          if (document.has(FILES)) {
            document.texts(FILES);
            document.flaw(FILES, "are read by `steward policy test` only; take it away here");
          }
          Cases cases = read(document, agents);
          document.close();
          return cases;
        });
  }

  /// The one document of a text.
  ///
  /// @param place as messages name it
  /// @throws ApiException INVALID with everything that is wrong
  public static <T> T one(String place, String text, Function<Fields, T> reading) {
    Flaws flaws = new Flaws();
    List<T> read = new ArrayList<>();
    YamlReader.read(
        text, document -> read.add(reading.apply(Fields.of(document, "", flaws))), flaws);
    if (flaws.count() > 0) {
      throw new ApiException(ErrorCode.INVALID, told(place, flaws.found()));
    }
    if (read.size() != 1) {
      throw new ApiException(
          ErrorCode.INVALID, place + " must hold one YAML document with `cases`");
    }
    return read.getFirst();
  }

  /// Runs all of them.
  public List<PolicyCase.Result> run(PolicySet policies) {
    List<PolicyCase.Result> results = new ArrayList<>();
    for (PolicyCase one : cases) {
      results.add(one.run(policies));
    }
    return results;
  }

  private static String told(String place, List<Flaw> flaws) {
    StringBuilder told = new StringBuilder();
    for (Flaw flaw : flaws) {
      told.append(told.isEmpty() ? "" : "\n")
          .append(new Problem(place, flaw.line(), flaw.field(), flaw.message()));
    }
    return told.toString();
  }
}
