namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>Made-up people and workspaces, chosen by the trace id so that no random number is drawn for them.</summary>
internal static class Customers
{
    private static readonly string[] Names = ["lena.fischer", "raj.menon", "chloe.martin", "diego.santos", "mei.tanaka", "olga.petrova", "john.baker", "amina.diallo"];

    public static string Actor(string traceId) => $"{Names[Digit(traceId, 30) & 7]}@customer.example";

    public static string Workspace(string traceId) => $"ws-1{Digit(traceId, 28) % 6}{Digit(traceId, 29) % 10}";

    private static int Digit(string traceId, int index) => Convert.ToInt32(traceId[index].ToString(), 16);
}
