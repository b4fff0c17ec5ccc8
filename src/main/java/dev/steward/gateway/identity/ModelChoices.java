// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// The models that may answer a call, in the order they are tried: those of the asked use, drawn by
/// weight, then those of the use it falls back on.
public final class ModelChoices {
  private static final String FALLBACK = "fallback";

  private final RandomGenerator random;

  public ModelChoices(RandomGenerator random) {
    this.random = random;
  }

  /// @param asked a use, a model, or `provider/model`
  /// @throws RefusedException DENIED when the caller's version does not list what was asked
  public List<ModelChoice> of(State state, Caller caller, String asked) {
    List<ModelUse> listed = caller.version().models();
    List<ModelUse> first = named(listed, asked);
    if (first.isEmpty()) {
      throw refused(caller, asked);
    }
    Set<ModelUse> order = new LinkedHashSet<>(drawn(first));
    for (ModelUse use : List.copyOf(order)) {
      order.addAll(drawn(fallbacks(listed, use)));
    }
    List<ModelChoice> choices = new ArrayList<>();
    for (ModelUse use : order) {
      choices.add(new ModelChoice(use, provider(state, use)));
    }
    return choices;
  }

  private static List<ModelUse> named(List<ModelUse> listed, String asked) {
    List<ModelUse> byUse = used(listed, asked);
    if (!byUse.isEmpty()) {
      return byUse;
    }
    for (ModelUse one : listed) {
      if (one.model().equals(asked) || (one.provider() + "/" + one.model()).equals(asked)) {
        return List.of(one);
      }
    }
    return List.of();
  }

  private static List<ModelUse> used(List<ModelUse> listed, String use) {
    List<ModelUse> found = new ArrayList<>();
    for (ModelUse one : listed) {
      if (one.use().equals(use)) {
        found.add(one);
      }
    }
    return found;
  }

  private static List<ModelUse> fallbacks(List<ModelUse> listed, ModelUse of) {
    String use = of.fallback().isEmpty() ? FALLBACK : of.fallback();
    return used(listed, use);
  }

  private List<ModelUse> drawn(List<ModelUse> uses) {
    List<ModelUse> left = new ArrayList<>(uses);
    List<ModelUse> drawn = new ArrayList<>();
    while (left.size() > 1) {
      int lot = random.nextInt(left.stream().mapToInt(ModelUse::weight).sum());
      int next = 0;
      while (lot >= left.get(next).weight()) {
        lot -= left.get(next).weight();
        next++;
      }
      drawn.add(left.remove(next));
    }
    drawn.addAll(left);
    return drawn;
  }

  private static ModelProvider provider(State state, ModelUse use) {
    Optional<ModelProvider> provider =
        use.provider().isEmpty()
            ? state.all(ModelProvider.class).stream()
                .filter(p -> p.models().contains(use.model()))
                .findFirst()
            : state.find(ModelProvider.class, use.provider());
    return provider.orElseThrow(() ->
        new RefusedException(
            Refusal.of(
                Refusal.Kind.DENIED,
                "No ModelProvider "
                    + (use.provider().isEmpty()
                        ? "sells the model " + use.model()
                        : "is named " + use.provider())
                    + ": apply one.")));
  }

  private static RefusedException refused(Caller caller, String asked) {
    Set<String> may = new TreeSet<>();
    caller.version().models().forEach(m -> may.add(m.use() + " (" + m.model() + ")"));
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.DENIED,
            "Version "
                + caller.version().shortName()
                + " of "
                + caller.agent().name()
                + " may not ask the model '"
                + asked
                + "'; it lists "
                + (may.isEmpty() ? "none" : String.join(", ", may))
                + ". Add the model to the version's models and apply it."));
  }
}
