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
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// A JSON value together with the bytes that it came in. It can be edited; what is not, is written
/// as it came, byte by byte. Of a large one only what is asked for is taken apart.
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

  /// A larger value is taken apart when it is asked for its members or items.
  private static final int EAGER_BYTES_MAX = 256 << 10;

  /// Members or items of one value; where there are more, nobody can look at them.
  private static final int CHILDREN_MAX = 1 << 20;

  static final Json ABSENT = new Json(new byte[0], JsonToken.NOT_AVAILABLE, 0);

  private final byte[] source;
  private final JsonToken token;
  private final int start;
  private List<Json> children = List.of();
  private List<String> names = List.of();
  private List<byte[]> added = List.of();
  private boolean unread;
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
      Json root = value(parser, bytes, 0, bytes.length > EAGER_BYTES_MAX);
      return parser.nextToken() == null ? Optional.of(root) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /// @param base where in the bytes the parser began
  /// @param outside whether what is in it is passed over for now
  private static Json value(JsonParser parser, byte[] bytes, int base, boolean outside) {
    JsonToken token = parser.currentToken();
    Json value = new Json(bytes, token, base + offset(parser.currentTokenLocation()));
    if (!token.isStructStart()) {
      parser.finishToken();
    } else if (outside) {
      parser.skipChildren();
      value.unread = true;
    } else {
      value.readChildren(parser, base, false);
    }
    value.end = base + offset(parser.currentLocation());
    return value;
  }

  private static int offset(TokenStreamLocation location) {
    return (int) location.getByteOffset();
  }

  private void readChildren(JsonParser parser, int base, boolean outside) {
    children = new ArrayList<>();
    if (token == JsonToken.START_OBJECT) {
      names = new ArrayList<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        int name = base + offset(parser.currentTokenLocation());
        names.add(parser.currentName());
        parser.nextToken();
        take(value(parser, source, base, outside), name);
      }
    } else {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        take(value(parser, source, base, outside), -1);
      }
    }
  }

  private void take(Json child, int name) {
    if (children.size() == CHILDREN_MAX) {
      throw new UnreadableException("it sent a value of more than " + CHILDREN_MAX + " parts");
    }
    child.parent = this;
    child.from = name < 0 ? child.start : name;
    children.add(child);
  }

  /// Its members or items.
  private List<Json> children() {
    if (unread) {
      unread = false;
      try (JsonParser parser = READER.createParser(source, start, end - start)) {
        parser.nextToken();
        readChildren(parser, start, end - start > EAGER_BYTES_MAX);
      }
    }
    return children;
  }

  /// The member, an absent value where there is none.
  public Json at(String name) {
    // Of several the last one counts, as for most readers.
    int place = token == JsonToken.START_OBJECT ? names().lastIndexOf(name) : -1;
    return place < 0 ? ABSENT : children().get(place);
  }

  /// Items of an array, none of anything else.
  public List<Json> items() {
    return token == JsonToken.START_ARRAY ? children() : List.of();
  }

  /// Names of an object's members, none of anything else.
  public List<String> names() {
    children();
    return names;
  }

  /// How many bytes it came in.
  public int length() {
    return end - start;
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

  /// Takes out the members or items that came in more bytes.
  public void removeLarger(int bytesMax) {
    for (Json child : children()) {
      if (child.length() > bytesMax) {
        child.remove();
      }
    }
  }

  /// Sets a member of an object.
  public void set(String name, String json) {
    Json member = at(name);
    if (member.present()) {
      member.removed = false;
      member.write(json);
    } else {
      addRaw(quoted(name) + ":" + json);
    }
  }

  /// Adds an item to an array.
  public void add(String json) {
    children();
    addRaw(json);
  }

  private void addRaw(String json) {
    if (added.isEmpty()) {
      added = new ArrayList<>();
    }
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
    int length = length() + 64;
    for (Json child : children) {
      length -= child.removed ? child.length() : 0;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
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
