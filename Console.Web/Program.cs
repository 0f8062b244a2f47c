using OpsConsole.Web.Commands;

return await CommandLine.Create().Parse(args).InvokeAsync();
