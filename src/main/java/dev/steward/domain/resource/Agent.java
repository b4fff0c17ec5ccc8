// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.release.Environments;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A named program that acts by model and tools.
///
/// @param owner name of one Person
/// @param purpose what it is for, in a sentence
/// @param objective what it should achieve, "" when not declared
/// @param version the seven artefacts declared last
/// @param outcomes rules that say how a run ended
/// @param environments what those that it is released through are called
/// @param value what a run is worth that ends with an outcome, by its label in lower case
public record Agent(
    Metadata metadata,
    String owner,
    String purpose,
    String objective,
    List<String> workflows,
    Autonomy autonomy,
    Oversight oversight,
    Risk risk,
    AgentVersion version,
    List<OutcomeRule> outcomes,
    Environments environments,
    Map<String, Worth> value)
    implements Resource {
  public Agent {
    value = Map.copyOf(value);
  }

  /// One whose environments are called as usual, of which nobody said what it is worth.
  public Agent(
      Metadata metadata,
      String owner,
      String purpose,
      String objective,
      List<String> workflows,
      Autonomy autonomy,
      Oversight oversight,
      Risk risk,
      AgentVersion version,
      List<OutcomeRule> outcomes) {
    this(
        metadata,
        owner,
        purpose,
        objective,
        workflows,
        autonomy,
        oversight,
        risk,
        version,
        outcomes,
        Environments.USUAL,
        Map.of());
  }

  /// How far the agent may go without a person.
  public enum Autonomy {
    SUGGEST,
    ACT_WITH_APPROVAL,
    ACT
  }

  /// Whether its calls pass the gateway or it is only watched.
  public enum Oversight {
    GOVERNED,
    OBSERVED
  }

  /// What harm it can do; `prohibited` is refused at apply and so is no value.
  public enum Risk {
    MINIMAL,
    LIMITED,
    HIGH
  }

  /// The workflows that a call counts for: the one that its sender says, where the agent declares
  /// it, else all that it declares.
  ///
  /// @param said "" where it says none
  public Set<String> workflowsOf(String said) {
    return workflows.contains(said) ? Set.of(said) : Set.copyOf(workflows);
  }

  /// The same agent in another version.
  public Agent in(AgentVersion other) {
    return new Agent(
        metadata,
        owner,
        purpose,
        objective,
        workflows,
        autonomy,
        oversight,
        risk,
        other,
        outcomes,
        environments,
        value);
  }

  /// When the named tool was called without an error in a run, the outcome is the label.
  public record OutcomeRule(String tool, String label) {}

  /// What an outcome is worth to who runs the agent; below nothing where it does harm.
  public record Worth(BigDecimal amount, String currency) {}
}
