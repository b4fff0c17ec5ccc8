// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The proofs that a command brings with it, found out before it came to be decided. One that was
/// made on another basis than that of the decision is none; what is missing is noted.
public final class CarriedProofs implements Proving {
  /// Of a command that nobody thought would need any.
  public static final CarriedProofs NONE = new CarriedProofs(Map.of());

  private final Map<Basis, Proved> answers;

  private CarriedProofs(Map<Basis, Proved> answers) {
    this.answers = Map.copyOf(answers);
  }

  @Override
  public Optional<Proved> proved(Provable question) {
    return Optional.ofNullable(answers.get(question.basis()));
  }

  /// With the answers to these questions as well.
  public CarriedProofs with(List<Provable> questions, Proving proving) {
    Map<Basis, Proved> all = new HashMap<>(answers);
    for (Provable question : questions) {
      proving.proved(question).ifPresent(answer -> all.put(question.basis(), answer));
    }
    return new CarriedProofs(all);
  }

  /// The use of them in one decision. One thread uses it.
  public static final class Use implements Proving {
    private final CarriedProofs carried;
    private final Map<Basis, Provable> missing = new LinkedHashMap<>();

    public Use(CarriedProofs carried) {
      this.carried = carried;
    }

    @Override
    public Optional<Proved> proved(Provable question) {
      Optional<Proved> answer = carried.proved(question);
      if (answer.isEmpty()) {
        missing.put(question.basis(), question);
      }
      return answer;
    }

    /// @throws UnprovenException where something was asked that they do not answer
    public void requireWhole() {
      if (!missing.isEmpty()) {
        throw new UnprovenException(List.copyOf(missing.values()));
      }
    }
  }

  /// A decision needs proofs that the command does not bring.
  public static final class UnprovenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Provable> questions;

    private UnprovenException(List<Provable> questions) {
      super("a decision needs proofs that its command does not bring", null, false, false);
      this.questions = questions;
    }

    public List<Provable> questions() {
      return questions;
    }
  }
}
