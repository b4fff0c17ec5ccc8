// SPDX-License-Identifier: Apache-2.0
/// The model gateway's paths: HTTP requests handed to the gateway, and its answers handed back.
@NullMarked
package dev.steward.server.model;

import org.jspecify.annotations.NullMarked;
