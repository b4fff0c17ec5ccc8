// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rule's condition in plain words, for the forms that most conditions have: comparisons, `in`,
/// `has`, `tainted`, the ends and the middle of a text, and, or, not. Of any other form there are
/// no words at all, so that none are wrong.
final class ConditionWords {
  private static final int LENGTH_MAX = 2_000;
  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(CelOptions.current().enableQuotedIdentifierSyntax(true).build())
          .setStandardMacros(CelStandardMacro.HAS)
          .build();

  private static final String AND = "_&&_";
  private static final String OR = "_||_";
  private static final String NOT = "!_";

  /// What stands between two values; the second word where it is denied.
  private static final Map<String, List<String>> BETWEEN =
      Map.of(
          "_==_", List.of("is", "is not"),
          "_!=_", List.of("is not", "is"),
          "_<_", List.of("is below", "is not below"),
          "_<=_", List.of("is at most", "is not at most"),
          "_>_", List.of("is above", "is not above"),
          "_>=_", List.of("is at least", "is not at least"),
          "startsWith", List.of("begins with", "does not begin with"),
          "endsWith", List.of("ends with", "does not end with"),
          "contains", List.of("contains", "does not contain"));

  private static final Map<String, String> SUBJECTS =
      Map.ofEntries(
          Map.entry("cost", "the highest cost of the call in USD"),
          Map.entry("caller.agent", "the agent"),
          Map.entry("caller.version", "the agent's version"),
          Map.entry("caller.environment", "the environment"),
          Map.entry("caller.risk", "the agent's risk"),
          Map.entry("caller.workflows", "the agent's workflows"),
          Map.entry("caller.chain", "those who handed the work on"),
          Map.entry("caller.labels", "the agent's labels"),
          Map.entry("run.id", "the run"),
          Map.entry("run.steps", "the number of steps in the run"),
          Map.entry("run.spent", "what the run has spent in USD"),
          Map.entry("run.tools", "the tools that the run has called"),
          Map.entry("call.server", "the tool's server"),
          Map.entry("call.tool", "the tool"),
          Map.entry("call.effect", "the tool's effect"),
          Map.entry("call.model", "the model"),
          Map.entry("call.provider", "the model's provider"),
          Map.entry("call.agent", "the agent that is asked"));

  private ConditionWords() {}

  /// Empty where the condition has a form for which there are no words.
  static Optional<String> of(String condition) {
    return of(condition, true);
  }

  /// @param holds whether to say that it holds, or that it does not
  static Optional<String> of(String condition, boolean holds) {
    if (condition.isBlank() || condition.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(said(PARSER.parse(condition).getAst().getExpr(), !holds));
    } catch (CelValidationException e) {
      return Optional.empty();
    }
  }

  /// @param denied whether to say that it does not hold
  private static @Nullable String said(CelExpr expression, boolean denied) {
    if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
      CelExpr.CelSelect select = expression.select();
      String value = value(expression);
      if (value == null) {
        return null;
      }
      return select.testOnly()
          ? value + (denied ? " is not given" : " is given")
          : value + (denied ? " does not hold" : " holds");
    }
    if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
      return null;
    }
    CelExpr.CelCall call = expression.call();
    return switch (call.function()) {
      case NOT -> said(call.args().getFirst(), !denied);
      case AND, OR -> joined(expression, denied);
      case "@in", "_in_" -> in(call, denied);
      case "tainted" -> tainted(call, denied);
      default -> compared(call, denied);
    };
  }

  /// Of several joined the same way, one list; where both ways are mixed, the inner list stands in
  /// brackets.
  private static @Nullable String joined(CelExpr expression, boolean denied) {
    String way = expression.call().function();
    List<CelExpr> parts = new ArrayList<>();
    flatten(expression, way, parts);
    List<String> words = new ArrayList<>();
    for (CelExpr part : parts) {
      String one = said(part, denied);
      if (one == null) {
        return null;
      }
      words.add(joins(part) ? "(" + one + ")" : one);
    }
    return String.join(way.equals(AND) == denied ? " or " : " and ", words);
  }

  private static void flatten(CelExpr expression, String way, List<CelExpr> into) {
    if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals(way)) {
      expression.call().args().forEach(part -> flatten(part, way, into));
    } else {
      into.add(expression);
    }
  }

  private static boolean joins(CelExpr expression) {
    if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
      return false;
    }
    String function = expression.call().function();
    return function.equals(AND)
        || function.equals(OR)
        || (function.equals(NOT) && joins(expression.call().args().getFirst()));
  }

  private static @Nullable String in(CelExpr.CelCall call, boolean denied) {
    CelExpr where = call.args().getLast();
    String what = value(call.args().getFirst());
    if (what == null) {
      return null;
    }
    if (where.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
      List<String> values = new ArrayList<>();
      for (CelExpr element : where.list().elements()) {
        String value = value(element);
        if (value == null) {
          return null;
        }
        values.add(value);
      }
      if (values.isEmpty()) {
        return null;
      }
      return what + (denied ? " is none of " : " is one of ") + String.join(", ", values);
    }
    String container = value(where);
    return container == null ? null : what + (denied ? " is not among " : " is among ") + container;
  }

  private static @Nullable String tainted(CelExpr.CelCall call, boolean denied) {
    String value = call.args().size() == 1 ? value(call.args().getFirst()) : null;
    if (value == null) {
      return null;
    }
    return value + (denied ? " does not come" : " comes") + " from an untrusted source";
  }

  private static @Nullable String compared(CelExpr.CelCall call, boolean denied) {
    List<String> between = BETWEEN.get(call.function());
    List<CelExpr> sides = new ArrayList<>();
    call.target().ifPresent(sides::add);
    sides.addAll(call.args());
    if (between == null || sides.size() != 2) {
      return null;
    }
    String left = value(sides.getFirst());
    String right = value(sides.getLast());
    return left == null || right == null
        ? null
        : left + " " + between.get(denied ? 1 : 0) + " " + right;
  }

  private static @Nullable String value(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> subject(expression.ident().name());
      case SELECT -> {
        String path = path(expression);
        yield path == null ? null : subject(path);
      }
      case CALL -> called(expression.call());
      default -> null;
    };
  }

  private static @Nullable String called(CelExpr.CelCall call) {
    List<CelExpr> sides = new ArrayList<>();
    call.target().ifPresent(sides::add);
    sides.addAll(call.args());
    if (call.function().equals("size") && sides.size() == 1) {
      String of = value(sides.getFirst());
      return of == null ? null : "the length of " + of;
    }
    if (call.function().equals("_[_]") && sides.size() == 2) {
      String of = path(sides.getFirst());
      CelExpr key = sides.getLast();
      boolean label =
          "caller.labels".equals(of)
              && key.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
              && key.constant().getKind() == CelConstant.Kind.STRING_VALUE;
      return label ? "the agent's label " + key.constant().stringValue() : null;
    }
    return null;
  }

  private static String constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> "“" + constant.stringValue() + "”";
      case INT64_VALUE -> Long.toString(constant.int64Value());
      case UINT64_VALUE -> constant.uint64Value().toString();
      case DOUBLE_VALUE -> decimal(constant.doubleValue());
      case BOOLEAN_VALUE -> constant.booleanValue() ? "true" : "false";
      default -> "nothing";
    };
  }

  private static String decimal(double number) {
    return Double.isFinite(number)
        ? new java.math.BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  private static @Nullable String path(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case IDENT -> expression.ident().name();
      case SELECT -> {
        String of = path(expression.select().operand());
        yield of == null ? null : of + "." + expression.select().field();
      }
      default -> null;
    };
  }

  private static @Nullable String subject(String path) {
    String known = SUBJECTS.get(path);
    if (known != null) {
      return known;
    }
    if (path.startsWith("args.")) {
      return "the argument " + path.substring("args.".length());
    }
    return path.startsWith("caller.labels.")
        ? "the agent's label " + path.substring("caller.labels.".length())
        : null;
  }
}
