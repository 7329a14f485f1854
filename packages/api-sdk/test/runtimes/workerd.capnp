using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "suite", worker = .suite)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);

const suite :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "dist/on-workerd.js")],
  compatibilityDate = "2025-08-15",
  compatibilityFlags = ["nodejs_compat"],
);
