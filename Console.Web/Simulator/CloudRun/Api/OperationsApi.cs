using OpsConsole.Web.Simulator.CloudRun.Operations;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Operations: google/longrunning/operations.proto.</summary>
internal sealed class OperationsApi(OperationStore operations)
{
    /// <summary>How long :wait waits if the body does not say; it may always answer earlier.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public void Map(ApiRoutes routes)
    {
        routes.Map("GET", "operations", "run.operations.list", "filter pageSize pageToken", List);
        routes.Map("GET", "operations/{id}", "run.operations.get", "", Get);
        routes.Map("DELETE", "operations/{id}", "run.operations.delete", "", Delete);
        routes.Map("POST", "operations/{id}:wait", "run.operations.get", "", WaitAsync);
    }

    private static string NameOf(ApiRequest request) => $"{request.Location}/operations/{request.Route("id")}";

    private static ApiError NotFound(string name) => ApiError.NotFound($"Operation '{name}' not found.");

    private Reply List(ApiRequest request)
    {
        bool? done = request.Query("filter")?.Replace(" ", "", StringComparison.Ordinal).Replace('=', ':') switch
        {
            "done:true" => true,
            "done:false" => false,
            _ => null,
        };
        var items = operations.List(request.Location)
            .Where(o => done is null || o.Done == done)
            .ToList();
        var messages = items.ToDictionary(static o => o.Name, static o => o.Message, StringComparer.Ordinal);
        var page = Paging.Page(items, Position, static o => o.ToJson(), "operations", request.Location, request.PageSize, request.PageToken);
        return page.Error is { } error
            ? error
            : Reply.Plain(page.Value!, json =>
            {
                foreach (var operation in json.Children("operations"))
                {
                    Reply.NumberOperation(operation, messages[operation.Text("name")]);
                }
            });
    }

    private static string Position(Operation operation) => Paging.Position(operation.Created, operation.Name);

    private Reply Get(ApiRequest request) => operations.Find(NameOf(request)) is { } operation ? operation : NotFound(NameOf(request));

    private Reply Delete(ApiRequest request) => operations.Remove(NameOf(request)) ? Reply.Plain([]) : NotFound(NameOf(request));

    private async Task<Reply> WaitAsync(ApiRequest request)
    {
        var body = await request.JsonAsync();
        if (body.Error is { } error)
        {
            return error;
        }

        var timeout = WireTime.TryDuration(body.Value!.Text("timeout"), out var asked) && asked < LongestWait ? asked : LongestWait;
        return await operations.WaitAsync(NameOf(request), timeout, request.Aborted) is { } operation ? operation : NotFound(NameOf(request));
    }
}
