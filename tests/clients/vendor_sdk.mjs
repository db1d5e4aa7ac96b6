// Fails as programs that use the vendor's SDK for Node.js, or none, do: `vendor_sdk.mjs WAY`.

import util from "node:util";
import { GlobalCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import iam from "@huaweicloud/huaweicloud-sdk-iam/v3/public-api.js";
import axios from "axios";
import log4js from "log4js";
import pino from "pino";
import winston from "winston";

const url = `${process.env.STUB}/v1/organizations/accounts`;
const list = () =>
  iam.IamClient.newBuilder()
    .withCredential(
      new GlobalCredentials()
        .withAk("AKEXAMPLE")
        .withSk("SKEXAMPLE")
        .withDomainId("d0000000000000000000000000000001"),
    )
    .withEndpoint(process.env.STUB)
    .build()
    .keystoneListProjects(new iam.KeystoneListProjectsRequest());
const error = () => list().catch((e) => e);
const axiosError = () => axios.post(url, { name: "build" }).catch((e) => e);

const ways = {
  uncaught: list,
  uncaughtAndLogged: list,
  unhandledRejection: async () => {
    list();
    await new Promise((done) => setTimeout(done, 5000));
  },
  cause: async () => {
    throw new Error("the account build was not created", { cause: await error() });
  },
  aggregate: async () => Promise.any([error(), error()].map(async (e) => Promise.reject(await e))),
  allSettled: async () => console.log(await Promise.allSettled([list(), list()])),

  consoleError: async () => console.error("account not created:", await error()),
  consoleLogMessage: async () => console.log("account not created:", (await error()).message),
  consoleLogString: async () => console.log(`account not created: ${await error()}`),
  consoleLogValues: async () => {
    const e = await error();
    console.log(e.httpStatusCode, e.errorCode, e.errorMsg, e.requestId);
  },
  consoleLogTwo: async () => {
    for (const account of ["build", "test"]) console.log({ account, error: await error() });
  },
  consoleDir: async () => console.dir({ result: { ...(await error()) } }, { depth: null }),
  consoleTable: async () => console.table([{ ...(await error()) }, { ...(await error()) }]),
  inspectColours: async () =>
    console.log(util.inspect(await error(), { colors: true, depth: null, compact: false })),
  inspectNarrow: async () =>
    console.log(util.inspect({ ...(await error()) }, { breakLength: 40, sorted: true })),
  json: async () => console.log(JSON.stringify(await error())),
  jsonPretty: async () => console.log(JSON.stringify([await error(), await error()], null, 2)),
  jsonTwice: async () =>
    console.log(JSON.stringify({ level: "error", body: JSON.stringify(await error()) })),

  pino: async () => pino().error(await error(), "account not created"),
  pinoNested: async () => {
    const log = pino({ timestamp: pino.stdTimeFunctions.isoTime });
    log.info({ account: "build" }, "creating");
    log.error({ account: "build", err: await error() }, "account not created");
    log.info("done");
  },
  pinoPretty: async () => {
    const { default: pretty } = await import("pino-pretty");
    pino(pretty({ sync: true, colorize: true })).error(await error(), "account not created");
  },
  winstonJson: async () => {
    const { combine, errors, json, timestamp } = winston.format;
    logger(combine(errors({ stack: true }), timestamp(), json())).error(await error());
  },
  winstonSimple: async () =>
    logger(winston.format.simple()).error("account not created", { ...(await error()) }),
  winstonPrintf: async () => {
    const { combine, printf, splat, timestamp } = winston.format;
    const line = printf((entry) => `${entry.timestamp} [${entry.level}]: ${entry.message}`);
    const log = logger(combine(splat(), timestamp(), line));
    for (let i = 0; i < 2; i++) {
      const e = await error();
      log.error("%s %s: %s (request %s)", e.httpStatusCode, e.errorCode, e.errorMsg, e.requestId);
    }
  },
  winstonPretty: async () =>
    logger(winston.format.prettyPrint()).error("account not created", { error: await error() }),

  axiosUncaught: () => axios.get(url),
  axiosConsoleError: async () => console.error(await axiosError()),
  axiosToJson: async () => console.log(JSON.stringify(await axiosError())),
  axiosResponse: async () => {
    const { response } = await axiosError();
    console.log(response.status, response.statusText, response.headers, response.data);
  },
  axiosData: async () => console.error("Request failed:", (await axiosError()).response.data),
  fetchText: async () => {
    const response = await fetch(url);
    console.log(response.status, await response.text());
  },
  fetchResponse: async () => {
    const response = await fetch(url);
    console.log(response);
    console.log(await response.json());
  },
  test: async () => {
    const { test } = await import("node:test");
    test("lists accounts", list);
  },
};

const logger = (format) =>
  winston.createLogger({ format, transports: [new winston.transports.Console()] });

// The SDK writes each error to a log of its own, too; few programs leave that on.
const quiet = { appenders: { none: { type: "stdout" } }, categories: { default: { appenders: ["none"], level: "off" } } };
if (process.argv[2] !== "uncaughtAndLogged") log4js.configure(quiet);

await ways[process.argv[2]]();
