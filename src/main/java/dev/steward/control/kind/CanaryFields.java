// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.ScopeFields;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.ApiException;
import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.release.LeastTerms;
import dev.steward.domain.resource.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// How a Gate says which canaries or copilots open it.
final class CanaryFields {
  private static final String TRIED_IN = "triedIn";
  private static final String TERMS = "terms";

  private CanaryFields() {}

  static Gate.CanaryPassed read(Fields spec) {
    return new Gate.CanaryPassed(
        Durations.read(spec, GateKind.MAX_AGE, GateKind.AGE_USUAL),
        ScopeFields.names(spec, TRIED_IN),
        terms(spec, LeastTerms::of, LeastTerms.NONE));
  }

  static void write(Gate.CanaryPassed passed, ObjectNode spec) {
    spec.put(GateKind.MAX_AGE, Durations.write(passed.ageMax()));
    Spec.put(spec, TRIED_IN, passed.environments());
    if (!passed.terms().any()) {
      ObjectNode written = spec.putObject(TERMS);
      passed.terms().words().forEach(written::put);
    }
  }

  static List<String> triedIn(Fields spec) {
    return ScopeFields.names(spec, TRIED_IN);
  }

  static LeastAgreement agreement(Fields spec) {
    return terms(spec, LeastAgreement::of, LeastAgreement.USUAL);
  }

  static void write(List<String> triedIn, LeastAgreement least, ObjectNode spec) {
    Spec.put(spec, TRIED_IN, triedIn);
    ObjectNode written = spec.putObject(TERMS);
    least.words().forEach(written::put);
  }

  private static <T> T terms(Fields spec, Function<Map<String, String>, T> reading, T usual) {
    Optional<Fields> fields = spec.object(TERMS);
    if (fields.isEmpty()) {
      return usual;
    }
    Map<String, String> written = new TreeMap<>();
    for (String name : fields.get().names()) {
      written.put(name, String.join(",", fields.get().texts(name)));
    }
    try {
      return reading.apply(written);
    } catch (ApiException e) {
      spec.flaw(TERMS, String.valueOf(e.getMessage()));
      return usual;
    }
  }
}
