// SPDX-License-Identifier: Apache-2.0
/// How what people are told leaves the server: webhooks, Slack and e-mail, and never to an address
/// inside the network that the operator has not named.
@NullMarked
package dev.steward.server.outbox;

import org.jspecify.annotations.NullMarked;
