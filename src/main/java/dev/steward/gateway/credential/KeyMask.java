// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.credential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a provider's key out of what the provider says. Some repeat the key that they do not
/// accept, and who calls a model through the gateway must never see it.
public final class KeyMask {
  /// What stands in its place.
  public static final String MASK = "[key withheld by Steward]";

  /// What is shorter may be a word of the text.
  private static final int CHARACTERS_MIN = 8;

  private final String key;
  private @Nullable List<String> forms;

  private KeyMask(String key) {
    this.key = key;
  }

  /// @param key as the secret store has it, with the parts of an AWS key joined by colons
  public static KeyMask of(String key) {
    return new KeyMask(key);
  }

  /// Few answers are errors, so they are made when one is.
  private List<String> forms() {
    if (forms == null) {
      List<String> all = new ArrayList<>();
      add(all, key);
      for (String part : key.split(":", -1)) {
        add(all, part);
      }
      // The whole before its parts, so that nothing is left of it.
      all.sort(Comparator.comparing(String::length).reversed());
      forms = all;
    }
    return forms;
  }

  private static void add(List<String> forms, String secret) {
    if (secret.length() < CHARACTERS_MIN) {
      return;
    }
    forms.add(secret);
    forms.add(secret.replace("/", "\\/"));
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  public String without(String text) {
    String masked = text;
    for (String form : forms()) {
      masked = masked.replace(form, MASK);
    }
    return masked;
  }

  /// The same bytes where the key is not among them.
  public byte[] without(byte[] body) {
    // Latin 1 keeps every byte as it is; a key has no other characters.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String masked = without(text);
    return masked.equals(text) ? body : masked.getBytes(StandardCharsets.ISO_8859_1);
  }
}
