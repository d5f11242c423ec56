/**
 * The actions for objects in MinIO and every other server that speaks S3: descriptors and checks
 * that load no client, and behind them one call of MinIO's client. May use the API and the common
 * parts of the integrations.
 */
@NullMarked
package io.testmesh.integrations.minio;

import org.jspecify.annotations.NullMarked;
