// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.Decimals;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer.CallPrice;
import dev.steward.domain.resource.ToolServer.ContractTest;
import dev.steward.domain.resource.ToolServer.Definition;
import dev.steward.domain.resource.ToolServer.Tool;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How one tool of a ToolServer is written.
public final class ToolFields {
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final int TESTS_MAX = 100;
  private static final List<String> EFFECTS =
      Arrays.stream(Effect.values()).map(Effect::word).toList();

  private ToolFields() {}

  public static Tool read(Fields tool) {
    String name = tool.text("name");
    if (!name.isEmpty() && !TOOL.matcher(name).matches()) {
      tool.flaw(
          "name", "'" + Names.shortened(name) + "' is no tool name: letters, digits, _ . : -");
    }
    Definition definition =
        new Definition(
            tool.text("title", ""),
            tool.text("description", ""),
            mapping(tool, "inputSchema", "a JSON schema"),
            mapping(tool, "outputSchema", "a JSON schema"),
            mapping(tool, "annotations", "hints of the server"));
    Tool read =
        new Tool(
            name,
            definition,
            effect(tool),
            tool.texts("sources"),
            labels(tool),
            price(tool),
            tool.text("compensatedBy", ""),
            tests(tool),
            inShadow(tool));
    tool.close();
    return read;
  }

  public static void write(Tool tool, ObjectNode node) {
    Definition definition = tool.definition();
    node.put("name", tool.name());
    Spec.put(node, "title", definition.title());
    Spec.put(node, "description", definition.description());
    Spec.put(node, "effect", tool.effect());
    Spec.put(node, "sources", tool.sources());
    Spec.put(node, "labels", tool.labels());
    tool.price()
        .ifPresent(price -> {
          ObjectNode written = node.putObject("price");
          written.put("amount", price.amount());
          written.put("currency", price.currency());
        });
    Spec.put(node, "compensatedBy", tool.compensatedBy());
    set(node, "inputSchema", definition.inputSchemaJson());
    set(node, "outputSchema", definition.outputSchemaJson());
    set(node, "annotations", definition.annotationsJson());
    if (!tool.inShadow().isEmpty()) {
      node.set("inShadow", CanonicalJson.read(tool.inShadow()));
    }
    if (!tool.tests().isEmpty()) {
      ArrayNode tests = node.putArray("tests");
      tool.tests().forEach(test -> write(test, tests.addObject()));
    }
  }

  private static void write(ContractTest test, ObjectNode node) {
    node.put("name", test.name());
    set(node, "arguments", test.argumentsJson());
    if (!test.fits()) {
      node.put("fits", false);
    }
    if (!test.resultJson().isEmpty()) {
      node.set("result", CanonicalJson.read(test.resultJson()));
    }
  }

  private static void set(ObjectNode node, String name, String json) {
    if (!json.equals("{}")) {
      node.set(name, CanonicalJson.read(json));
    }
  }

  private static String inShadow(Fields tool) {
    return tool.has("inShadow") ? mapping(tool, "inShadow", "what a simulated call answers") : "";
  }

  private static String mapping(Fields fields, String name, String what) {
    JsonNode read = fields.json(name).orElseGet(CanonicalJson::object);
    if (!read.isObject()) {
      fields.flaw(name, "must be " + what + ", which is a mapping");
      return "{}";
    }
    return CanonicalJson.text(read);
  }

  private static String effect(Fields tool) {
    String written = tool.text("effect", "");
    if (!written.isEmpty() && Effect.of(written).isEmpty()) {
      tool.flaw(
          "effect",
          "'"
              + Names.shortened(written)
              + "' is none of "
              + String.join(", ", EFFECTS)
              + "."
              + Nearest.hint(written, EFFECTS));
    }
    return written;
  }

  private static List<String> labels(Fields tool) {
    List<String> labels = tool.texts("labels");
    for (String label : labels) {
      Names.refuse(label).ifPresent(reason -> tool.flaw("labels", reason));
    }
    return labels.stream().distinct().sorted().toList();
  }

  private static Optional<CallPrice> price(Fields tool) {
    return tool.object("price")
        .map(price -> {
          BigDecimal amount = price.decimal("amount");
          if (amount.signum() < 0) {
            price.flaw("amount", "must not be negative");
          }
          String currency = price.text("currency", "USD");
          if (!CURRENCY.matcher(currency).matches()) {
            price.flaw("currency", "must be three capitals of ISO 4217, such as USD");
          }
          price.close();
          return new CallPrice(Decimals.plain(amount), currency);
        });
  }

  private static List<ContractTest> tests(Fields tool) {
    List<ContractTest> tests = new ArrayList<>();
    for (Fields test : tool.objects("tests")) {
      tests.add(
          new ContractTest(
              test.text("name"),
              mapping(test, "arguments", "arguments"),
              test.flag("fits", true),
              test.json("result").map(CanonicalJson::text).orElse("")));
      test.close();
    }
    if (tests.size() > TESTS_MAX) {
      tool.flaw("tests", "holds more than " + TESTS_MAX + " tests");
    }
    return tests;
  }
}
