// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The secrets that Steward presents to others.
public record SecretsConfig(
    @Setting(
            byDefault = "",
            about =
                "File of the key that opens the secrets, 32 bytes as base64, made on first use;"
                    + " empty for `keys/secrets.key` in the data folder. The variable"
                    + " STEWARD_SECRETS_KEY may hold the key in its place.")
        @Nullable Path keyFile) {}
