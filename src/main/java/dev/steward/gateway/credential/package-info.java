// SPDX-License-Identifier: Apache-2.0
/// The credentials that model providers are called with, and what keeps them from coming back.
///
/// In: the name of a secret. Out: the key at this moment, and answers without it. It calls nobody.
@NullMarked
package dev.steward.gateway.credential;

import org.jspecify.annotations.NullMarked;
