// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.signing;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.ledger.note.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An Ed25519 key that signs as JOSE has it (RFC 7515, RFC 8037), and its public half as a key set.
public final class JwsKey {
  /// Where its public half is found.
  public static final String PATH = "/.well-known/jwks.json";

  private static final String ALGORITHM = "EdDSA";
  private static final int ID_LENGTH = 16;
  private static final int PARTS = 3;
  private static final int TOKEN_LENGTH_MAX = 8 << 10;

  private final SigningKey key;
  private final String x;
  private final String id;

  public JwsKey(SigningKey key) {
    this.key = key;
    String vkey = key.verifierKey().vkey();
    // `name+hash+base64`, where base64 may hold a plus and the others may not
    byte[] typed = Base64.getDecoder().decode(vkey.split("\\+", PARTS)[2]);
    this.x = text(Arrays.copyOfRange(typed, 1, typed.length));
    this.id = Digest.of(x).hex().substring(0, ID_LENGTH);
  }

  /// The public half, as a set of one.
  public ObjectNode set() {
    ObjectNode jwk = CanonicalJson.object();
    jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", x);
    jwk.put("kid", id).put("use", "sig").put("alg", ALGORITHM);
    ObjectNode set = CanonicalJson.object();
    set.putArray("keys").add(jwk);
    return set;
  }

  /// A header that names the key.
  ///
  /// @param type of what is signed, such as `JOSE`
  public ObjectNode header(String type) {
    return CanonicalJson.object().put("alg", ALGORITHM).put("kid", id).put("typ", type);
  }

  /// The parts of a signature over a payload that is sent apart.
  ///
  /// @param header in base64url
  /// @param signature in base64url
  public record Detached(String header, String signature) {}

  public Detached detached(ObjectNode header, byte[] payload) {
    String written = text(CanonicalJson.bytes(header));
    return new Detached(written, signature(written + "." + text(payload)));
  }

  /// A signed token in its compact form.
  public String token(ObjectNode header, ObjectNode claims) {
    String signed = text(CanonicalJson.bytes(header)) + "." + text(CanonicalJson.bytes(claims));
    return signed + "." + signature(signed);
  }

  /// The claims of a token that this key has signed, empty for any other text.
  ///
  /// @param type that its header must name
  public Optional<JsonNode> claims(String token, String type) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > TOKEN_LENGTH_MAX || parts.length != PARTS) {
      return Optional.empty();
    }
    // The same bytes have the same signature, so it need not be checked with the public half.
    byte[] expected = signature(parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.US_ASCII))) {
      return Optional.empty();
    }
    JsonNode header = CanonicalJson.read(Base64.getUrlDecoder().decode(parts[0]));
    return header.path("typ").asString("").equals(type)
        ? Optional.of(CanonicalJson.read(Base64.getUrlDecoder().decode(parts[1])))
        : Optional.empty();
  }

  private String signature(String signed) {
    return text(key.sign(signed).signature());
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
