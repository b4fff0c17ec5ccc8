// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.steward.domain.call.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One condition in CEL, compiled for tools of one schema.
public final class Condition {
  private static final int LENGTH_MAX = 4_000;
  private static final Pattern ABSENT = Pattern.compile("key '([^']{1,100})' is not present");

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(Vocabulary.OPTIONS)
          .addLateBoundFunctions(Vocabulary.TAINTED)
          .build();

  private final CelRuntime.@Nullable Program program;
  private final boolean asksForTaint;
  private final List<Mistake> mistakes;

  private Condition(
      CelRuntime.@Nullable Program program, boolean asksForTaint, List<Mistake> mistakes) {
    this.program = program;
    this.asksForTaint = asksForTaint;
    this.mistakes = mistakes;
  }

  /// Compiles; where that fails the condition has mistakes, and fails for every call.
  public static Condition of(String text, ToolSchema schema) {
    if (text.length() > LENGTH_MAX) {
      return wrong("is longer than " + LENGTH_MAX + " characters");
    }
    Vocabulary vocabulary = schema.vocabulary();
    CelValidationResult checked = vocabulary.compiler().compile(text);
    if (checked.hasError()) {
      List<Mistake> mistakes = new ArrayList<>();
      for (CelIssue issue : checked.getErrors()) {
        mistakes.add(Mistakes.explain(issue, text, vocabulary));
      }
      return new Condition(null, false, List.copyOf(mistakes));
    }
    try {
      return new Condition(
          RUNTIME.createProgram(checked.getAst()), text.contains(Vocabulary.TAINTED), List.of());
    } catch (CelValidationException | CelEvaluationException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Condition wrong(String message) {
    return new Condition(null, false, List.of(new Mistake(1, 1, message, "", List.of())));
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }

  /// Never throws. An error is reported also where it hides behind something unknown.
  public Truth holds(Situation situation) {
    Truth truth = evaluate(situation, situation.taint());
    if (!(truth instanceof Truth.Unknown)) {
      return truth;
    }
    for (Taint.Label label : List.of(Taint.Label.TAINTED, Taint.Label.CLEAN)) {
      Taint known = situation.taint();
      Truth supposed =
          evaluate(
              situation, value -> known.of(value) == Taint.Label.UNKNOWN ? label : known.of(value));
      if (supposed instanceof Truth.Failed) {
        return supposed;
      }
    }
    return truth;
  }

  private Truth evaluate(Situation situation, Taint taint) {
    CelRuntime.Program compiled = program;
    if (compiled == null) {
      return new Truth.Failed("its condition has a mistake: " + mistakes.getFirst());
    }
    try {
      Object value =
          asksForTaint
              ? compiled.eval(situation.variables(), tainted(taint))
              : compiled.eval(situation.variables());
      return Boolean.TRUE.equals(value) ? Truth.Known.YES : Truth.Known.NO;
    } catch (ArgumentException e) {
      return new Truth.Failed(String.valueOf(e.getMessage()));
    } catch (CelEvaluationException | RuntimeException e) {
      return TaintException.causes(e) ? Truth.UNKNOWN : new Truth.Failed(explain(e));
    }
  }

  /// The binding lives for one evaluation, in one thread.
  @SuppressWarnings("Immutable")
  private static CelLateFunctionBindings tainted(Taint taint) {
    return CelLateFunctionBindings.from(
        CelFunctionBinding.from(
            Vocabulary.TAINTED_OVERLOAD,
            Object.class,
            value ->
                switch (taint.of(value)) {
                  case TAINTED -> true;
                  case CLEAN -> false;
                  case UNKNOWN -> throw new TaintException();
                }));
  }

  /// Messages of the library may hold values, so only the name of what is absent is taken.
  private static String explain(Exception thrown) {
    if (!(thrown instanceof CelEvaluationException evaluation)) {
      return "its condition ended with " + thrown.getClass().getSimpleName();
    }
    return switch (evaluation.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> {
        Matcher absent = ABSENT.matcher(String.valueOf(thrown.getMessage()));
        yield absent.find()
            ? "its condition needs '" + absent.group(1) + "', which is absent or not known"
            : "its condition needs something that is absent or not known";
      }
      case OVERLOAD_NOT_FOUND -> "its condition compares values of different types";
      case DIVIDE_BY_ZERO -> "its condition divides by zero";
      case ITERATION_BUDGET_EXCEEDED -> "its condition takes too many steps";
      case NUMERIC_OVERFLOW -> "its condition overflows a number";
      default -> "its condition ended with " + evaluation.getErrorCode();
    };
  }
}
