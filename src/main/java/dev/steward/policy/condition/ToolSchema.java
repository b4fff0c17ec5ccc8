// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import com.google.common.base.Suppliers;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is known of a tool's arguments; two are equal when their JSON schemas are.
public final class ToolSchema {
  /// Nothing is known: arguments are whatever they are.
  public static final ToolSchema NONE = new ToolSchema("{}");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String json;
  private final Supplier<Form> form;
  private final Supplier<Vocabulary> vocabulary;

  /// @param json of the schema, "{}" when none was declared
  public ToolSchema(String json) {
    this.json = json;
    this.form = Suppliers.memoize(this::readForm);
    this.vocabulary = Suppliers.memoize(() -> new Vocabulary(form.get()));
  }

  /// Whether names and types of arguments are known.
  public boolean typed() {
    return form.get() instanceof Form.Struct;
  }

  Vocabulary vocabulary() {
    return vocabulary.get();
  }

  Map<String, Object> coerce(Map<String, @Nullable Object> arguments) {
    return Coercion.arguments(form.get(), arguments);
  }

  private Form readForm() {
    try {
      return new SchemaReader(JSON.readTree(json)).read();
    } catch (JacksonException _) {
      // Nothing is known of the arguments then; control refuses such a schema before it is kept.
      return Form.ANY;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToolSchema schema && json.equals(schema.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
