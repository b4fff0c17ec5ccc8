// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request for a page, as the server hands it over: parsed, authenticated, without a body
/// stream.
///
/// @param method GET or POST
/// @param path decoded, without the query, such as `/runs/01a0`
/// @param query decoded parameters of the address; of a repeated one the last counts
/// @param form decoded parameters of a posted form, empty for GET
/// @param reader who asks, null while nobody is logged in
/// @param csrf token of the session, put into every form and expected back as `csrf`
/// @param cookies `theme` (light or dark) and `zone` (a time zone id) are read, others are ignored
/// @param fragment whether only the main part is wanted: the header `HX-Request` was `true` and
///   `HX-History-Restore-Request` was not sent
public record PageRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> form,
    @Nullable Reader reader,
    String csrf,
    Map<String, String> cookies,
    boolean fragment) {
  public PageRequest {
    query = Map.copyOf(query);
    form = Map.copyOf(form);
    cookies = Map.copyOf(cookies);
  }

  public static PageRequest get(
      String path, Map<String, String> query, Reader reader, String csrf) {
    return new PageRequest("GET", path, query, Map.of(), reader, csrf, Map.of(), false);
  }

  /// A parameter of the address, null where it is absent or empty.
  public @Nullable String parameter(String name) {
    String value = query.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// A field of a posted form without the blanks around it, "" where it is absent.
  public String field(String name) {
    return form.getOrDefault(name, "").strip();
  }

  /// The same with other parameters in its address.
  public PageRequest withQuery(Map<String, String> other) {
    return new PageRequest(method, path, other, form, reader, csrf, cookies, fragment);
  }
}
