// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Reads a url, which must not hold a password: what is declared is kept for ever.
public final class Addresses {
  private Addresses() {}

  public static String read(Fields spec, String name, Set<String> schemes) {
    String url = spec.text(name, "");
    if (url.isEmpty()) {
      return url;
    }
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null) {
        spec.flaw(name, "'" + Names.shortened(url) + "' has no scheme such as https://");
      } else if (!schemes.isEmpty() && !schemes.contains(uri.getScheme())) {
        spec.flaw(name, "must begin with one of " + schemes.stream().sorted().toList());
      } else if (uri.getRawUserInfo() != null) {
        spec.flaw(name, "holds a user or password; keep it as a secret, not in the url");
      }
    } catch (URISyntaxException e) {
      spec.flaw(name, "is no url: " + e.getReason());
    }
    return url;
  }
}
