// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.token;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.steward.domain.Digest;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.upstream.UpstreamException.Cause;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where a secret is the key file of a Google service account, the access token that it gives; else
/// the secret as it is, unless it is a key file of another kind. A token is asked for by the first
/// call that needs one, and again before it ends; calls of the same account wait for the one that
/// asks.
public final class GoogleTokens implements Keys {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final int ACCOUNTS_MAX = 100;

  private final Keys secrets;
  private final HttpTransportFactory transport;
  private final Map<Digest, GoogleCredentials> accounts = new LinkedHashMap<>();

  /// @param transport to Google's token endpoint
  public GoogleTokens(Keys secrets, HttpTransportFactory transport) {
    this.secrets = secrets;
    this.transport = transport;
  }

  @Override
  public String of(String secret) {
    String value = secrets.of(secret);
    return value.stripLeading().startsWith("{") ? token(secret, value) : value;
  }

  private String token(String secret, String value) {
    GoogleCredentials account = account(secret, value);
    if (account == null) {
      return value;
    }
    try {
      account.refreshIfExpired();
      return account.getAccessToken().getTokenValue();
    } catch (IOException e) {
      throw new UpstreamException(
          Cause.UNREACHABLE,
          "Google gives no access token for the service account in the secret '"
              + secret
              + "': "
              + e.getMessage(),
          e);
    }
  }

  private @Nullable GoogleCredentials account(String secret, String value) {
    Digest digest = Digest.of(value);
    synchronized (accounts) {
      GoogleCredentials known = accounts.get(digest);
      if (known != null) {
        return known;
      }
    }
    if (!isAccount(secret, value)) {
      return null;
    }
    GoogleCredentials read = read(secret, value);
    synchronized (accounts) {
      GoogleCredentials other = accounts.putIfAbsent(digest, read);
      if (accounts.size() > ACCOUNTS_MAX) {
        accounts.remove(accounts.keySet().iterator().next());
      }
      return other == null ? read : other;
    }
  }

  /// @throws RefusedException where it is a key file of another kind, which must not be given away
  private static boolean isAccount(String secret, String value) {
    JsonNode file;
    try {
      file = JsonMapper.shared().readTree(value);
    } catch (JacksonException _) {
      // Some other secret that happens to begin like JSON.
      return false;
    }
    if (!file.path("type").asString("").equals("service_account")) {
      throw unusable(secret);
    }
    return true;
  }

  private GoogleCredentials read(String secret, String value) {
    try {
      return ServiceAccountCredentials.fromStream(
              new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)), transport)
          .createWithCustomRetryStrategy(false)
          .createScoped(SCOPE);
    } catch (IOException | RuntimeException _) {
      // The cause may quote the key.
      throw unusable(secret);
    }
  }

  private static RefusedException unusable(String secret) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.INTERNAL,
            "The secret '"
                + secret
                + "' of the model provider is a file, but no whole key file of a Google service"
                + " account: set it anew with 'steward secrets set "
                + secret
                + "'."));
  }
}
