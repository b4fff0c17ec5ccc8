// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The names that a condition may use, and their types, for tools of one schema.
final class Vocabulary {
  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableQuotedIdentifierSyntax(true)
          .comprehensionMaxIterations(10_000)
          .build();

  static final String TAINTED = "tainted";
  static final List<String> VARIABLES =
      List.of("args", "caller", "run", "call", "cost", "now", TAINTED);
  static final String TAINTED_OVERLOAD = "tainted_dyn";

  private static final CelType TEXTS = ListType.create(SimpleType.STRING);
  private static final Map<String, Map<String, CelType>> KNOWN =
      Map.of(
          "caller",
          Map.of(
              "agent",
              SimpleType.STRING,
              "version",
              SimpleType.STRING,
              "environment",
              SimpleType.STRING,
              "risk",
              SimpleType.STRING,
              "labels",
              MapType.create(SimpleType.STRING, SimpleType.STRING),
              "workflows",
              TEXTS,
              "chain",
              TEXTS),
          "run",
          Map.of(
              "id", SimpleType.STRING,
              "steps", SimpleType.INT,
              "spent", SimpleType.DOUBLE,
              "tools", TEXTS),
          "call",
          Map.of(
              "server", SimpleType.STRING,
              "tool", SimpleType.STRING,
              "effect", SimpleType.STRING,
              "labels", TEXTS,
              "attributed", SimpleType.BOOL,
              "model", SimpleType.STRING,
              "provider", SimpleType.STRING,
              "agent", SimpleType.STRING));

  private final Map<String, StructType> types = new HashMap<>();
  private final CelCompiler compiler;

  Vocabulary(Form arguments) {
    KNOWN.forEach((name, fields) -> types.put(typeName(name), struct(name, fields)));
    CelType args =
        arguments instanceof Form.Struct struct
            ? type(struct)
            : MapType.create(SimpleType.STRING, SimpleType.DYN);
    this.compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new Types(ImmutableMap.copyOf(types)))
            .addVar("args", args)
            .addVar("caller", StructTypeReference.create(typeName("caller")))
            .addVar("run", StructTypeReference.create(typeName("run")))
            .addVar("call", StructTypeReference.create(typeName("call")))
            .addVar("cost", SimpleType.DOUBLE)
            .addVar("now", SimpleType.TIMESTAMP)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    TAINTED,
                    CelOverloadDecl.newGlobalOverload(
                        TAINTED_OVERLOAD, SimpleType.BOOL, SimpleType.DYN)))
            .setResultType(SimpleType.BOOL)
            .build();
  }

  CelCompiler compiler() {
    return compiler;
  }

  /// Names of all fields, for a hint at what was meant.
  List<String> fields() {
    TreeSet<String> names = new TreeSet<>();
    types.values().forEach(type -> names.addAll(type.fieldNames()));
    return List.copyOf(names);
  }

  private record Types(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }

  private CelType type(Form form) {
    return switch (form) {
      case Form.Simple simple ->
          switch (simple) {
            case TEXT -> SimpleType.STRING;
            case NUMBER -> SimpleType.DOUBLE;
            case WHOLE -> SimpleType.INT;
            case FLAG -> SimpleType.BOOL;
          };
      case Form.Any() -> SimpleType.DYN;
      case Form.Listing(Form item) -> ListType.create(type(item));
      case Form.Struct(String name, Map<String, Form> fields) -> {
        Map<String, CelType> typed = new HashMap<>();
        fields.forEach((field, inner) -> typed.put(field, type(inner)));
        types.put(typeName(name), struct(name, typed));
        yield StructTypeReference.create(typeName(name));
      }
    };
  }

  /// No expression can say it, so that no field is taken for a type.
  private static String typeName(String name) {
    return "$" + name;
  }

  private static StructType struct(String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> fixed = ImmutableMap.copyOf(fields);
    return StructType.create(
        typeName(name), fixed.keySet(), field -> Optional.ofNullable(fixed.get(field)));
  }
}
