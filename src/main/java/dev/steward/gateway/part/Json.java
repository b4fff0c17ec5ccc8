// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// A JSON value together with the bytes that it came in. It can be edited; what is not, is written
/// as it came, byte by byte.
public final class Json {
  /// A client may take what is no JSON by the letter, so it is read here too.
  private static final JsonMapper READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(1_000)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  static final Json ABSENT = new Json(new byte[0], JsonToken.NOT_AVAILABLE, 0);

  private final byte[] source;
  private final JsonToken token;
  private final int start;
  private final List<Json> children = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> added = new ArrayList<>();
  private int end;

  /// Where it stands with its name, where it has one.
  private int from;

  private @Nullable Json parent;
  private byte @Nullable [] written;
  private boolean removed;
  private boolean edited;

  private Json(byte[] source, JsonToken token, int start) {
    this.source = source;
    this.token = token;
    this.start = start;
    this.from = start;
  }

  /// Empty for what is no JSON.
  public static Optional<Json> read(byte[] bytes) {
    try (JsonParser parser = READER.createParser(bytes)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Json root = value(parser, bytes);
      return parser.nextToken() == null ? Optional.of(root) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Json value(JsonParser parser, byte[] bytes) {
    JsonToken token = parser.currentToken();
    Json value = new Json(bytes, token, (int) parser.currentTokenLocation().getByteOffset());
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        int name = (int) parser.currentTokenLocation().getByteOffset();
        value.names.add(parser.currentName());
        parser.nextToken();
        value.take(value(parser, bytes), name);
      }
    } else if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value.take(value(parser, bytes), -1);
      }
    } else {
      parser.finishToken();
    }
    value.end = (int) parser.currentLocation().getByteOffset();
    return value;
  }

  private void take(Json child, int name) {
    child.parent = this;
    child.from = name < 0 ? child.start : name;
    children.add(child);
  }

  /// The member, an absent value where there is none.
  public Json at(String name) {
    // Of several the last one counts, as for most readers.
    int place = token == JsonToken.START_OBJECT ? names.lastIndexOf(name) : -1;
    return place < 0 ? ABSENT : children.get(place);
  }

  /// Items of an array, none of anything else.
  public List<Json> items() {
    return token == JsonToken.START_ARRAY ? children : List.of();
  }

  /// Names of an object's members, none of anything else.
  public List<String> names() {
    return names;
  }

  public boolean present() {
    return token != JsonToken.NOT_AVAILABLE;
  }

  public boolean isObject() {
    return token == JsonToken.START_OBJECT;
  }

  public boolean isArray() {
    return token == JsonToken.START_ARRAY;
  }

  public boolean isText() {
    return token == JsonToken.VALUE_STRING;
  }

  /// Neither absent nor null.
  public boolean said() {
    return present() && token != JsonToken.VALUE_NULL;
  }

  /// The text as it came, "" where it is none.
  public String text() {
    return isText() ? READER.readTree(source, start, end - start).stringValue() : "";
  }

  public int whole(int otherwise) {
    return token == JsonToken.VALUE_NUMBER_INT
        ? READER.readTree(source, start, end - start).asInt(otherwise)
        : otherwise;
  }

  /// What it came as.
  public String raw() {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }

  /// Whether it is written otherwise than it came.
  public boolean edited() {
    return edited;
  }

  /// Whether it was taken out.
  public boolean removed() {
    return removed;
  }

  /// Whether members or items were added to it.
  public boolean grown() {
    return !added.isEmpty();
  }

  /// Puts other JSON in its place.
  public void write(String json) {
    written = json.getBytes(StandardCharsets.UTF_8);
    mark();
  }

  /// Takes it out of what it is in.
  public void remove() {
    removed = true;
    mark();
  }

  /// Sets a member of an object.
  public void set(String name, String json) {
    Json member = at(name);
    if (member.present()) {
      member.removed = false;
      member.write(json);
    } else {
      added.add((quoted(name) + ":" + json).getBytes(StandardCharsets.UTF_8));
      mark();
    }
  }

  /// Adds an item to an array.
  public void add(String json) {
    added.add(json.getBytes(StandardCharsets.UTF_8));
    mark();
  }

  private void mark() {
    if (!present()) {
      throw new IllegalStateException("what is absent cannot be edited");
    }
    for (Json value = this; value != null && !value.edited; value = value.parent) {
      value.edited = true;
    }
  }

  /// A text as JSON.
  public static String quoted(String text) {
    return READER.writeValueAsString(text);
  }

  /// As it is written now.
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - start + 64);
    write(out);
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out) {
    if (written != null) {
      out.writeBytes(written);
    } else if (!edited || (children.isEmpty() && added.isEmpty())) {
      out.write(source, start, end - start);
    } else {
      writeEdited(out);
    }
  }

  /// Kept children with what stood between them; a comma goes with the one behind it.
  private void writeEdited(ByteArrayOutputStream out) {
    int at = start + 1;
    int gap = children.isEmpty() ? at : children.getFirst().from;
    out.write(source, start, gap - start);
    boolean some = false;
    for (Json child : children) {
      if (!child.removed) {
        if (some) {
          out.write(source, at, child.from - at);
        }
        out.write(source, child.from, child.start - child.from);
        child.write(out);
        some = true;
      }
      at = child.end;
    }
    for (byte[] more : added) {
      if (some) {
        out.write(',');
      }
      out.writeBytes(more);
      some = true;
    }
    out.write(source, at, end - at);
  }
}
