// Drives a simulated Google Cloud with Google's own clients for Node, over REST.
//   node drive.mjs http://127.0.0.1:8085
// Prints what it saw as JSON; exits with 1 on the first thing that is not as expected.
//
// What these clients send, seen on the wire:
// - "$alt=json;enum-encoding=int" with every call but the polling of operations: enums come back as numbers there, as names here.
// - A patch with the resource's name in the path and without it in the body, empty maps ("labels":{}) included, and the mask as
//   given: paths in snake_case.
// - Errors carry the HTTP status in code (404), not the gRPC number (5) that the same client has over gRPC.
// - Polling of operations as GET v2/<name>? without parameters.
// - A log query gets " AND timestamp >= <a day ago>" appended, and orderBy "timestamp desc", unless it names a time itself.
import assert from 'node:assert/strict';
import gaxLogging from '@google-cloud/logging';
import gaxRun from '@google-cloud/run';
import { GoogleAuth, OAuth2Client } from 'google-auth-library';

// Not on Google Cloud: do not look for its metadata server.
process.env.METADATA_SERVER_DETECTION = 'none';

const { v2: run } = gaxRun;
const { Logging } = gaxLogging;

const address = new URL(process.argv[2] ?? 'http://127.0.0.1:8085');
const project = process.argv[3] ?? 'acme-prod';

// A token that is never checked: the clients insist on having one.
const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: 'ana.ruiz@acme.example', expiry_date: Date.now() + 3_600_000 });
const options = {
  fallback: true,
  protocol: 'http',
  apiEndpoint: address.hostname,
  port: Number(address.port),
  projectId: project,
  auth: new GoogleAuth({ authClient, projectId: project }),
};

const location = (region) => `projects/${project}/locations/${region}`;
const all = { autoPaginate: true };
const result = {};

async function main() {
  const services = new run.ServicesClient(options);
  const revisions = new run.RevisionsClient(options);
  const jobs = new run.JobsClient(options);
  const executions = new run.ExecutionsClient(options);
  const pools = new run.WorkerPoolsClient(options);
  const checkout = `${location('europe-west1')}/services/checkout`;

  // Lists, in pages of two.
  const found = [];
  for await (const service of services.listServicesAsync({ parent: location('europe-west1'), pageSize: 2 }, { autoPaginate: false })) {
    found.push(service.name.split('/').pop());
  }
  assert.ok(found.includes('checkout'), `services: ${found}`);
  result.services = found.length;
  const [everyRevision] = await revisions.listRevisions({ parent: `${location('europe-west1')}/services/-` }, all);
  result.revisions = everyRevision.length;
  const [jobList] = await jobs.listJobs({ parent: location('us-central1') }, all);
  assert.deepEqual(jobList.map((job) => job.name.split('/').pop()), ['invoice-run']);
  const [runs] = await executions.listExecutions({ parent: jobList[0].name }, all);
  assert.equal(runs.filter((execution) => execution.failedCount > 0).length, 1);
  const [poolList] = await pools.listWorkerPools({ parent: location('europe-west1') }, all);
  assert.equal(poolList[0].scaling.manualInstanceCount, 2);

  // Get.
  const [before] = await services.getService({ name: checkout });
  assert.equal(before.ingress, 'INGRESS_TRAFFIC_ALL');
  assert.equal(before.template.containers[0].resources.cpuIdle, true);
  assert.equal(before.terminalCondition.state, 'CONDITION_SUCCEEDED');
  await assert.rejects(services.getService({ name: `${location('europe-west1')}/services/nope` }), { code: 404 });

  // A patch with a mask, waited for.
  const [scaling] = await services.updateService({
    service: { name: checkout, scaling: { minInstanceCount: 2 } },
    updateMask: { paths: ['scaling.min_instance_count'] },
  });
  const [scaled] = await scaling.promise();
  assert.equal(scaled.latestCreatedRevision, before.latestCreatedRevision);
  result.minInstanceCount = scaled.scaling.minInstanceCount;

  // A whole resource, read, changed and written back: a new revision.
  const [current] = await services.getService({ name: checkout });
  const seconds = 61 + (Date.now() % 200);
  current.template.timeout = { seconds };
  const [deploy] = await services.updateService({ service: current });
  const [deployed] = await deploy.promise();
  assert.equal(deployed.latestReadyRevision, deployed.latestCreatedRevision);
  assert.equal(Number(deployed.template.timeout.seconds), seconds);
  result.newRevision = deployed.latestReadyRevision.split('/').pop();

  // The same again: its etag is old now.
  current.template.timeout = { seconds: seconds + 1 };
  const stale = await services.updateService({ service: current }).then(() => null, (error) => error);
  result.staleEtagCode = stale?.code;

  // A job.
  const [running] = await jobs.runJob({ name: jobList[0].name });
  const [execution] = await running.promise();
  assert.equal(execution.succeededCount, 1);

  // Logs: what this client writes, it finds again. Entries of the audit log it cannot read over REST, from Google neither: its
  // JSON reader does not know google.cloud.audit.AuditLog and gives up on the whole page.
  const logging = new Logging(options);
  const log = logging.log('drive');
  const text = `drive ${Date.now()}`;
  await log.write(log.entry({ resource: { type: 'global' }, severity: 'NOTICE' }, text));
  const [entries] = await logging.getEntries({ filter: `log_id("drive") AND textPayload="${text}" AND severity>=NOTICE`, pageSize: 10, autoPaginate: false });
  assert.equal(entries.length, 1, 'the written entry is not found');
  assert.equal(entries[0].data, text);
  const [requests] = await logging.getEntries({ filter: 'log_id("run.googleapis.com/requests")', pageSize: 20, autoPaginate: false });
  assert.ok(requests.every((entry) => entry.metadata.httpRequest), 'a request without httpRequest');
  result.requestEntries = requests.length;
  console.log(JSON.stringify(result));
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
